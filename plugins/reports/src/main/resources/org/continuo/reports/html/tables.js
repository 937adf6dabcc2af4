"use strict";
(() => {
  const key = (row, column) => {
    const cell = row.cells[column];
    const value = cell.dataset.value ?? cell.textContent;
    const number = Number(value);
    return value === "" || value === "\u2013" ? null : Number.isNaN(number) ? value : number;
  };

  const compare = (one, other) =>
    typeof one === "number" && typeof other === "number"
      ? one - other
      : String(one).localeCompare(String(other));

  /** Every body by itself: its first row may be a heading, and rows without a value come last. */
  const sort = (table, column, sign) => {
    for (const body of table.tBodies) {
      const rows = [...body.rows].filter((row) => !row.classList.contains("group"));
      rows.sort((one, other) => {
        const [a, b] = [key(one, column), key(other, column)];
        if (a === null || b === null) {
          return (a === null) - (b === null);
        }
        return sign * compare(a, b);
      });
      body.append(...rows);
    }
  };

  for (const table of document.querySelectorAll("table.sortable")) {
    table.classList.add("sorting");
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      head.tabIndex = 0;
      const turn = () => {
        const descending = head.getAttribute("aria-sort") !== "descending";
        heads.forEach((each) => each.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", descending ? "descending" : "ascending");
        sort(table, column, descending ? -1 : 1);
      };
      head.addEventListener("click", turn);
      head.addEventListener("keydown", (event) => event.key === "Enter" && turn());
    });
  }
})();
