/// The only script of a report: heads of longer tables become buttons that sort. Without it the page says the same.
///
/// It is one constant text, reads nothing but the table it stands in, and asks the network for nothing. There is no `<` and no `&` in
/// it, so that the page is well-formed XML too.
enum SortScript {
  static let text = """
    (() => {
      const number = text => {
        const found = text.replace(/,/g, '').replace(/\\u2212/g, '-').match(/-?[0-9.]+/);
        return found ? parseFloat(found[0]) : NaN;
      };
      const compare = (a, b) => {
        const [x, y] = [number(a), number(b)];
        if (isNaN(x)) return isNaN(y) ? a.localeCompare(b) : 1;
        return isNaN(y) ? -1 : x - y;
      };
      document.querySelectorAll('table').forEach(table => {
        const body = table.tBodies[0];
        const heads = table.tHead ? [...table.tHead.rows[0].cells] : [];
        if (!body || 6 > body.rows.length) return;
        heads.forEach((head, place) => {
          const button = document.createElement('button');
          button.type = 'button';
          button.className = 'sort';
          button.append(...head.childNodes);
          head.append(button);
          button.addEventListener('click', () => {
            const up = head.getAttribute('aria-sort') !== 'ascending';
            heads.forEach(other => other.removeAttribute('aria-sort'));
            head.setAttribute('aria-sort', up ? 'ascending' : 'descending');
            const rows = [...body.rows];
            rows.sort((a, b) => {
              const order = compare(a.cells[place].textContent, b.cells[place].textContent);
              return up ? order : -order;
            });
            body.append(...rows);
          });
        });
      });
    })();
    """
}
