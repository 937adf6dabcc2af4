"use strict";
(() => {
  const charts = JSON.parse(document.getElementById("chart-data").textContent);
  const dark = matchMedia("(prefers-color-scheme: dark)");
  // lines beyond the eighth return to the first colour
  const dashes = ["solid", [6, 3], [2, 2]];
  // five symbols and eight colours: forty lines before a pair returns
  const symbols = ["circle", "rect", "triangle", "diamond", "roundRect"];

  /** The value of a custom property of the style sheet. */
  const style = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const lineColour = (index) => style(`--line-${(index % 8) + 1}`);

  const compact = (value) => {
    const size = Math.abs(value);
    if (size !== 0 && (size < 1e-3 || size >= 1e6)) {
      return value.toExponential(1).replace("-", "\u2212").replace("e+", "e");
    }
    return String(Number(value.toPrecision(4))).replace("-", "\u2212");
  };

  /** A tooltip as nodes, so that no name is read as HTML. */
  const tip = (title, rows) => {
    const box = document.createElement("div");
    box.className = "tip";
    box.append(Object.assign(document.createElement("b"), { textContent: title }));
    const table = document.createElement("table");
    for (const [colour, name, value] of rows) {
      const row = table.insertRow();
      const dot = document.createElement("i");
      dot.style.background = colour;
      row.insertCell().append(dot, name);
      row.insertCell().append(value);
    }
    box.append(table);
    return box;
  };

  const axisStyle = () => ({
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: { color: style("--muted"), fontSize: 12, hideOverlap: true },
    splitLine: { lineStyle: { color: style("--rule"), width: 1 } },
  });

  const common = () => ({
    animation: false,
    backgroundColor: "transparent",
    textStyle: { fontFamily: style("--sans"), color: style("--ink") },
    aria: { enabled: false },
    tooltip: {
      trigger: "axis",
      confine: true,
      backgroundColor: style("--paper"),
      borderColor: style("--rule"),
      textStyle: { color: style("--ink") },
      axisPointer: { lineStyle: { color: style("--muted"), type: "solid", width: 1 } },
    },
  });

  /** How far each label moves from its value, in pixels, so that none covers another. */
  const spread = (values, pixelsPerUnit, gap) => {
    const order = values.map((_, index) => index).sort((one, other) => values[other] - values[one]);
    const wanted = order.map((index) => -values[index] * pixelsPerUnit);
    const placed = [...wanted];
    for (let round = 0; round < 200; round++) {
      for (let i = 1; i < placed.length; i++) {
        const overlap = gap - (placed[i] - placed[i - 1]);
        if (overlap > 0) {
          placed[i - 1] -= overlap / 2;
          placed[i] += overlap / 2;
        }
      }
    }
    const moves = [];
    order.forEach((index, i) => (moves[index] = placed[i] - wanted[i]));
    return moves;
  };

  /** Scores on each task over the stages; dashed and faint until the task is trained. */
  const stages = (chart, width) => {
    const roomForNames = width > 430;
    const last = chart.stages.length - 1;
    const longest = Math.max(...chart.series.map((each) => each.name.length), 15);
    const height = 380;
    const margin = { top: 30, bottom: 34 };
    const many = chart.series.length > 6;
    const ends = [...chart.series.map((each) => each.values[last]), chart.mean[last]];
    const moves = spread(
      ends.map((value) => (typeof value === "number" ? value : 0)),
      (height - margin.top - margin.bottom) / 100,
      15,
    );
    const endLabel = (index) => ({
      show: roomForNames,
      formatter: "{a}",
      color: "inherit",
      distance: 10,
      fontSize: 12.5,
      width: 150,
      overflow: "truncate",
      offset: [0, moves[index]],
    });
    const side = { left: 40, right: roomForNames ? Math.min(170, 24 + 7 * longest) : 12 };
    const perStage = (width - side.left - side.right) / Math.max(1, last);
    const lines = chart.series.flatMap((each, index) => {
      const colour = lineColour(index);
      const base = {
        name: each.name,
        type: "line",
        symbol: symbols[index % symbols.length],
        itemStyle: { color: colour },
        emphasis: { focus: "none" },
      };
      const learned = Math.min(each.trainedAt, last + 1);
      const before = {
        ...base,
        data: each.values.map((value, stage) => (stage <= learned ? value : "-")),
        symbolSize: 5,
        lineStyle: { color: colour, width: 1.25, type: "dashed", opacity: many ? 0.25 : 0.55 },
        itemStyle: { color: colour, opacity: many ? 0.25 : 0.55 },
        endLabel: learned > last ? endLabel(index) : { show: false },
      };
      const after = {
        ...base,
        data: each.values.map((value, stage) => (stage >= learned ? value : "-")),
        symbolSize: 8,
        lineStyle: { color: colour, width: 2.25 },
        endLabel: endLabel(index),
      };
      return learned > last ? [before] : [before, after];
    });
    lines.push({
      name: "mean of trained",
      type: "line",
      data: chart.mean,
      symbol: "none",
      z: 1,
      lineStyle: { color: style("--muted"), width: 5, opacity: 0.28 },
      itemStyle: { color: style("--muted") },
      endLabel: endLabel(chart.series.length),
    });
    const names = [...chart.series.map((each) => each.name), "mean of trained"];
    const option = {
      ...common(),
      grid: {
        ...side,
        top: margin.top,
        bottom: margin.bottom + (roomForNames ? 0 : 22 * Math.ceil((names.length * 110) / width)),
        outerBoundsMode: "none",
      },
      xAxis: {
        ...axisStyle(),
        type: "category",
        boundaryGap: false,
        data: chart.stages,
        splitLine: { show: true, lineStyle: { color: style("--rule"), width: 1 } },
        axisLabel: {
          ...axisStyle().axisLabel,
          margin: 12,
          width: Math.max(60, perStage - 10),
          overflow: "truncate",
        },
      },
      yAxis: {
        ...axisStyle(),
        type: "value",
        max: 100,
        min: 0,
        interval: 20,
        name: "%",
        nameTextStyle: { color: style("--muted"), align: "right" },
      },
      series: lines,
    };
    if (!roomForNames) {
      option.legend = {
        bottom: 0,
        left: 0,
        data: names,
        textStyle: { color: style("--ink") },
        itemWidth: 16,
      };
    }
    option.tooltip.formatter = (points) => {
      const stage = points[0].dataIndex;
      const rows = chart.series
        .map((each, index) => [lineColour(index), each.name, each.values[stage]])
        .filter((row) => row[2] !== "-" && row[2] !== undefined)
        .sort((one, other) => other[2] - one[2])
        .map(([colour, name, value]) => [colour, name, value.toFixed(1)]);
      const untrained = stage === 0 && chart.untrained;
      return tip(untrained ? chart.stages[0] : `after ${chart.stages[stage]}`, rows);
    };
    return { option, height };
  };

  /** With lines as they are drawn where dashes tell some apart. */
  const legendBelow = (names, dashed) => ({
    left: 0,
    icon: dashed ? undefined : "roundRect",
    itemWidth: dashed ? 22 : 14,
    itemHeight: 3,
    itemGap: 16,
    textStyle: { color: style("--ink"), fontSize: 12.5 },
    data: names,
  });

  /** Of a legend that wraps: about 7 pixels per letter beside its line and gap. */
  const legendHeight = (names, width, row = 24) => {
    const total = names.reduce((sum, name) => sum + 38 + 7 * name.length, 0);
    return 8 + row * Math.ceil((1.1 * total) / width);
  };

  /** Panels over the training steps, one below the other, with the tasks as bands. */
  const steps = (chart, width, small) => {
    const end = Math.max(...chart.bands.map((band) => band.to));
    const bandRoom = small ? 4 : 26;
    const several = (panel) => panel.series.length > 1;
    // a legend beside the title may wrap
    const titleRoomOf = (panel) =>
      small || !several(panel)
        ? 30
        : Math.max(30, legendHeight(panel.series.map((each) => each.name), width - 60));
    const heights = chart.panels.map((panel) =>
      small ? (several(panel) ? 150 : 110) : panel.title.startsWith("Loss") ? 190 : 95,
    );
    const option = { ...common(), title: [], legend: [], grid: [], xAxis: [], yAxis: [], series: [] };
    option.axisPointer = { link: [{ xAxisIndex: "all" }] };
    const lines = [];
    const main = [];
    let top = bandRoom;
    chart.panels.forEach((panel, index) => {
      const lowest = index === chart.panels.length - 1;
      const titleRoom = titleRoomOf(panel);
      option.title.push({
        text: panel.title,
        left: 0,
        top,
        padding: 0,
        textStyle: { fontSize: small ? 12.5 : 13, fontWeight: 600, color: style("--ink"), width: width - 8, overflow: "truncate" },
      });
      const names = panel.series.map((each) => each.name);
      if (several(panel)) {
        option.legend.push(
          small
            ? { ...legendBelow(names, names.length > 8), top: top + titleRoom + heights[index] + 28 }
            : { ...legendBelow(names), top: top - 4, right: 0, left: 60, align: "left" },
        );
      }
      option.grid.push({
        left: small ? 44 : 52,
        right: small ? 8 : 36,
        top: top + titleRoom,
        height: heights[index],
        outerBoundsMode: "none",
      });
      option.xAxis.push({
        ...axisStyle(),
        gridIndex: index,
        type: "value",
        min: 0,
        max: end,
        splitLine: { show: false },
        axisLabel: { ...axisStyle().axisLabel, show: lowest, showMaxLabel: false },
        axisLine: { show: true, onZero: false, lineStyle: { color: style("--rule") } },
        axisPointer: { label: { show: false } },
        name: lowest && !small ? "step" : "",
        nameGap: 6,
        nameTextStyle: { color: style("--muted") },
      });
      option.yAxis.push({
        ...axisStyle(),
        gridIndex: index,
        type: "value",
        scale: true,
        splitNumber: heights[index] > 150 ? 4 : 2,
        axisLabel: { ...axisStyle().axisLabel, formatter: compact },
      });
      panel.series.forEach((each, position) => {
        const colour = lineColour(position);
        const axes = { xAxisIndex: index, yAxisIndex: index, type: "line" };
        const line = {
          ...axes,
          name: each.name,
          data: each.points.map((point) => [point[0], point[1]]),
          showSymbol: panel.dots,
          symbol: "circle",
          symbolSize: 6,
          lineStyle: {
            color: colour,
            width: position === 0 && several(panel) && !small ? 2 : 1.5,
            type: dashes[Math.floor(position / 8) % dashes.length],
          },
          itemStyle: { color: colour },
          emphasis: { disabled: true },
        };
        if (position === 0) {
          line.markArea = bands(chart.bands, index === 0 && !small, (width - 88) / end, titleRoom);
        }
        lines.push({ name: each.name, panel: panel.title, colour, several: several(panel) });
        option.series.push(line);
        main.push(true);
        // the shades of many lines would hide each other
        const shaded = !small || panel.series.length <= 3;
        if (shaded && each.points.some((point) => point.length === 4)) {
          // up and down between the extremes of each stretch: dense enough to look like a shade
          option.series.push({
            ...axes,
            name: each.name,
            data: each.points.flatMap((point) => [
              [point[0], point[2] ?? point[1]],
              [point[0], point[3] ?? point[1]],
            ]),
            symbol: "none",
            silent: true,
            lineStyle: { color: colour, width: 1.6, opacity: 0.22, join: "bevel" },
            itemStyle: { color: colour },
            z: 1,
          });
          main.push(false);
        }
      });
      const legendRoom = small && several(panel) ? legendHeight(names, width) : 0;
      top += titleRoom + heights[index] + (lowest ? 30 : 18) + legendRoom;
    });
    option.tooltip.formatter = (points) => {
      const step = points[0].value[0];
      const band = chart.bands.find((each) => step >= each.from && step < each.to);
      const rows = points
        .filter((point) => main[point.seriesIndex] && point.value[1] !== "-")
        .map((point) => {
          const line = lines[main.slice(0, point.seriesIndex).filter(Boolean).length];
          return [line.colour, line.several ? line.name : line.panel, compact(point.value[1])];
        });
      const place = band === undefined ? "" : `${band.name}, step ${Math.floor(step - band.from)}`;
      return tip(place, rows);
    };
    return { option, height: top };
  };

  /** Every other task shaded, with names above the first panel. */
  const bands = (tasks, named, perStep, titleRoom) => ({
    silent: true,
    data: tasks.map((task, index) => [
      {
        name: named ? task.name : "",
        xAxis: task.from,
        itemStyle: { color: index % 2 === 0 ? style("--band") : "transparent" },
        label: {
          show: named,
          position: ["50%", -22 - titleRoom],
          align: "center",
          color: style("--muted"),
          fontSize: 12,
          width: Math.max(10, (task.to - task.from) * perStep - 8),
          overflow: "truncate",
        },
      },
      { xAxis: task.to },
    ]),
  });

  const percentAxis = (title) => ({
    ...axisStyle(),
    type: "value",
    min: 0,
    max: 100,
    interval: 25,
    name: title,
    nameLocation: "middle",
    nameTextStyle: { color: style("--muted"), fontSize: 12 },
  });

  /** Lines in a square of percentages; a dot where a value was read. */
  const curves = (chart, width) => {
    const names = chart.series.map((each) => each.name);
    const height = 190;
    const lines = chart.series.map((each) => {
      const colour = lineColour(each.colour);
      return {
        name: each.name,
        type: "line",
        data: each.points,
        showSymbol: each.points.length === 1,
        symbol: "circle",
        symbolSize: 4,
        lineStyle: {
          color: colour,
          width: each.dashed ? 1.25 : 1.75,
          type: each.dashed ? [4, 4] : "solid",
        },
        itemStyle: { color: colour },
        emphasis: { disabled: true },
        markPoint:
          each.chosen === undefined
            ? undefined
            : {
                silent: true,
                symbol: "circle",
                symbolSize: 10,
                label: { show: false },
                itemStyle: {
                  color: each.dashed ? style("--paper") : colour,
                  borderColor: each.dashed ? colour : style("--paper"),
                  borderWidth: 2,
                },
                data: [{ coord: each.chosen }],
              },
      };
    });
    const option = {
      ...common(),
      title: {
        text: chart.title,
        left: 0,
        top: 4,
        padding: 0,
        textStyle: { fontSize: 13, fontWeight: 600, color: style("--ink"), width: width - 8, overflow: "truncate" },
      },
      legend: { ...legendBelow(names, chart.series.some((each) => each.dashed)), top: 30 + height + 46 },
      grid: { left: 52, right: 14, top: 30, height, outerBoundsMode: "none" },
      xAxis: { ...percentAxis(`${chart.x}, %`), nameGap: 26 },
      yAxis: { ...percentAxis(`${chart.y}, %`), nameGap: 36 },
      series: lines,
    };
    option.tooltip.formatter = (points) =>
      tip(
        `${chart.x}: ${compact(points[0].value[0])} %`,
        points.map((point) => [
          lineColour(chart.series[point.seriesIndex].colour),
          point.seriesName,
          `${compact(point.value[1])} %`,
        ]),
      );
    return { option, height: 30 + height + 46 + legendHeight(names, width) };
  };

  /** Differences with their intervals, one below the other; faint where the interval holds 0. */
  const differences = (chart, width) => {
    const narrow = width < 560;
    const label = (row) => `${row.task}${narrow ? ",\n" : ", "}${row.name}`;
    const each = narrow ? 40 : 30;
    const signed = (value) => (value > 0 ? `+${compact(value)}` : compact(value));
    const rows = chart.rows;
    const lines = rows.map((row, index) => {
      const colour = row.sure ? style(row.difference > 0 ? "--line-1" : "--line-2") : style("--muted");
      const ends = [row.low, row.high].filter((end) => end !== undefined);
      const points = [ends[0], row.difference, ends[1]].filter((value) => value !== undefined);
      return {
        type: "line",
        data: points.map((value) => ({
          value: [value, index],
          symbol: value === row.difference ? "circle" : "rect",
          symbolSize: value === row.difference ? 10 : [2, 10],
        })),
        lineStyle: { color: colour, width: 2 },
        itemStyle: { color: colour, opacity: 1 },
        emphasis: { disabled: true },
      };
    });
    lines.push({
      type: "line",
      data: [],
      markLine: {
        silent: true,
        symbol: "none",
        label: { show: false },
        lineStyle: { color: style("--muted"), type: "solid", width: 1 },
        data: [{ xAxis: 0 }],
      },
    });
    const room = narrow ? 165 : Math.min(340, 30 + 7 * Math.max(...rows.map((row) => label(row).length)));
    const option = {
      ...common(),
      grid: { left: room, right: 24, top: 8, height: each * rows.length, outerBoundsMode: "none" },
      xAxis: {
        ...axisStyle(),
        type: "value",
        name: "points",
        nameLocation: "middle",
        nameGap: 26,
        nameTextStyle: { color: style("--muted"), fontSize: 12 },
        axisLabel: { ...axisStyle().axisLabel, formatter: signed },
      },
      yAxis: {
        ...axisStyle(),
        type: "category",
        inverse: true,
        data: rows.map(label),
        splitLine: { show: false },
        axisLabel: {
          color: style("--ink"),
          fontSize: 12.5,
          lineHeight: 15,
          interval: 0,
          width: room - 12,
          overflow: "truncate",
        },
      },
      series: lines,
    };
    option.tooltip.trigger = "item";
    option.tooltip.formatter = (point) => {
      const row = rows[point.seriesIndex];
      const numbers = [[style("--muted"), "B less A", signed(row.difference)]];
      if (row.low !== undefined) {
        numbers.push([style("--muted"), "interval", `${signed(row.low)} to ${signed(row.high)}`]);
      }
      return tip(`${row.task}, ${row.name}`, numbers);
    };
    return { option, height: each * rows.length + 8 + 48 };
  };

  /** Means over the stages with their intervals as bands; names at the ends, or below. */
  const stream = (chart, width) => {
    const series = chart.series;
    const names = series.map((each) => each.name);
    const roomForNames = width > 560;
    const count = Math.max(...series.map((each) => each.points.length));
    const all = series.flatMap((each) => each.points.flat());
    const low = Math.max(0, Math.floor((Math.min(...all) - 2) / 5) * 5);
    const high = Math.min(100, Math.ceil((Math.max(...all) + 2) / 5) * 5);
    const longest = Math.max(...names.map((name) => name.length)) + 6;
    const plot = 320;
    const side = { left: 40, right: roomForNames ? Math.min(220, 30 + 7 * longest) : 30 };
    const last = (each) => each.points[each.points.length - 1][0];
    const moves = spread(series.map(last), plot / Math.max(1, high - low), 16);
    const lines = series.flatMap((each, index) => {
      const colour = lineColour(each.colour);
      const dash = dashes[Math.floor(each.colour / 8) % dashes.length];
      const band = { type: "line", symbol: "none", silent: true, stack: `band ${index}`, lineStyle: { opacity: 0 } };
      return [
        { ...band, data: each.points.map((point) => point[1]) },
        {
          ...band,
          data: each.points.map((point) => point[2] - point[1]),
          areaStyle: { color: colour, opacity: series.length > 6 ? 0.06 : 0.13 },
        },
        {
          name: each.name,
          type: "line",
          data: each.points.map((point) => point[0]),
          symbol: symbols[index % symbols.length],
          symbolSize: 7,
          lineStyle: { color: colour, width: 2.2, type: dash },
          itemStyle: { color: colour },
          emphasis: { disabled: true },
          endLabel: {
            show: roomForNames,
            formatter: () => `${each.name}  ${last(each).toFixed(1)}`,
            color: "inherit",
            distance: 12,
            fontSize: 12.5,
            offset: [0, moves[index]],
          },
        },
      ];
    });
    const legendRoom = roomForNames ? 0 : legendHeight(names, width);
    const option = {
      ...common(),
      grid: { ...side, top: 26, height: plot, outerBoundsMode: "none" },
      xAxis: {
        ...axisStyle(),
        type: "category",
        boundaryGap: count === 1,
        data: Array.from({ length: count }, (_, stage) => `task ${stage + 1}`),
      },
      yAxis: {
        ...axisStyle(),
        type: "value",
        min: low,
        max: high,
        name: "%",
        nameTextStyle: { color: style("--muted"), align: "right" },
      },
      series: lines,
    };
    if (!roomForNames) {
      option.legend = { ...legendBelow(names, series.length > 8), top: 26 + plot + 34 };
    }
    option.tooltip.formatter = (points) => {
      const stage = points[0].dataIndex;
      const rows = series
        .filter((each) => stage < each.points.length)
        .sort((one, other) => other.points[stage][0] - one.points[stage][0])
        .map((each) => {
          const [mean, from, to] = each.points[stage];
          const interval = from === to ? "" : ` (${from.toFixed(1)} to ${to.toFixed(1)})`;
          return [lineColour(each.colour), each.name, mean.toFixed(1) + interval];
        });
      return tip(`after task ${stage + 1}`, rows);
    };
    return { option, height: 26 + plot + 34 + legendRoom };
  };

  /** A score against a cost with its interval; a step line joins those that no other beats. */
  const pareto = (chart, width) => {
    const points = chart.points;
    const names = points.map((each) => each.name);
    // labels beside dots collide where many stand close: then a legend names them
    const labelled = width > 430 && points.length <= 6;
    const plot = 270;
    const scores = points.flatMap((each) => each.score);
    const low = Math.max(0, Math.floor((Math.min(...scores) - 2) / 5) * 5);
    const high = Math.min(100, Math.ceil((Math.max(...scores) + 2) / 5) * 5);
    const costs = points.map((each) => each.cost);
    const [cheapest, dearest] = [Math.min(...costs), Math.max(...costs)];
    const reach = Math.max(1.25, Math.pow(dearest / cheapest, 0.1));
    const dots = points.map((each, index) => ({
      name: each.name,
      type: "scatter",
      data: [[each.cost, each.score[0]]],
      symbol: symbols[index % symbols.length],
      symbolSize: 11,
      itemStyle: {
        color: lineColour(each.colour),
        borderColor: style("--paper"),
        borderWidth: 1.5,
      },
      emphasis: { disabled: true },
      label: {
        show: labelled,
        formatter: "{a}",
        position: "right",
        color: lineColour(each.colour),
        fontSize: 12.5,
      },
      labelLayout: { hideOverlap: false, moveOverlap: "shiftY" },
      markLine: {
        silent: true,
        symbol: "none",
        label: { show: false },
        lineStyle: { color: lineColour(each.colour), type: "solid", width: 1.4 },
        data: [[{ coord: [each.cost, each.score[1]] }, { coord: [each.cost, each.score[2]] }]],
      },
      z: 3,
    }));
    const option = {
      ...common(),
      grid: { left: 44, right: labelled ? 110 : 16, top: 30, height: plot, outerBoundsMode: "none" },
      xAxis: {
        ...axisStyle(),
        type: "log",
        min: cheapest / reach,
        max: dearest * reach,
        name: `${chart.x} (logarithmic)`,
        nameLocation: "middle",
        nameGap: 28,
        nameTextStyle: { color: style("--muted"), fontSize: 12 },
        splitLine: { show: false },
        axisLabel: {
          ...axisStyle().axisLabel,
          customValues: [...new Set([cheapest, Math.sqrt(cheapest * dearest), dearest])],
          formatter: (value) => compact(Number(value.toPrecision(3))),
        },
      },
      yAxis: {
        ...axisStyle(),
        type: "value",
        min: low,
        max: high,
        name: chart.y,
        nameTextStyle: { color: style("--muted"), align: "left", padding: [0, 0, 0, -36] },
      },
      series: [
        {
          type: "line",
          step: "end",
          data: chart.front,
          symbol: "none",
          silent: true,
          lineStyle: { color: style("--muted"), width: 1.4, type: [5, 4] },
          z: 1,
        },
        ...dots,
      ],
    };
    const below = 30 + plot + 52;
    if (!labelled) {
      option.legend = {
        ...legendBelow(names, true),
        itemWidth: 12,
        itemHeight: 10,
        top: below,
      };
    }
    option.tooltip.trigger = "item";
    option.tooltip.formatter = (point) => {
      const each = points[point.seriesIndex - 1];
      const [mean, from, to] = each.score;
      const interval = from === to ? "" : ` (${from.toFixed(1)} to ${to.toFixed(1)})`;
      return tip(each.name, [
        [lineColour(each.colour), chart.y, mean.toFixed(1) + interval],
        [style("--muted"), chart.x, each.spoken],
      ]);
    };
    return { option, height: below + (labelled ? 0 : legendHeight(names, width, 28)) };
  };

  const kinds = { stages, steps, curves, differences, stream, pareto };
  const drawn = [];

  const draw = (width) => {
    drawn.splice(0).forEach((instance) => instance.dispose());
    // every place is there before any is measured: an empty figure takes no room
    const places = Object.entries(charts).map(([id, chart]) => {
      const place = document.createElement("div");
      document.getElementById(id).replaceChildren(place);
      return [place, chart];
    });
    for (const [place, chart] of places) {
      const figure = place.parentElement;
      const small = figure.classList.contains("small");
      // on paper two small ones stand side by side
      const space = width === undefined ? figure.clientWidth : small ? width / 2 : width;
      const { option, height } = kinds[chart.kind](chart, space, small);
      place.style.height = `${height}px`;
      const instance = echarts.init(place, null, { renderer: "svg", width: space });
      instance.setOption(option);
      drawn.push(instance);
    }
  };

  let pending;
  let lastWidth = innerWidth;
  addEventListener("resize", () => {
    if (innerWidth !== lastWidth) {
      lastWidth = innerWidth;
      clearTimeout(pending);
      pending = setTimeout(() => draw(), 150);
    }
  });
  dark.addEventListener("change", () => draw());
  addEventListener("beforeprint", () => {
    document.documentElement.classList.add("printing");
    draw(680);
    for (const folded of document.querySelectorAll("section details:not([open])")) {
      folded.dataset.unfolded = "";
      folded.open = true;
    }
  });
  addEventListener("afterprint", () => {
    for (const unfolded of document.querySelectorAll("details[data-unfolded]")) {
      delete unfolded.dataset.unfolded;
      unfolded.open = false;
    }
    document.documentElement.classList.remove("printing");
    draw();
  });
  draw();
})();
