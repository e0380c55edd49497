(() => {
  'use strict';
  const root = document.documentElement;
  root.classList.add('js');
  const all = (query, within = document) => Array.from(within.querySelectorAll(query));
  const one = (query, within = document) => within.querySelector(query);
  const plain = (text) => text.normalize('NFKD').replace(/[\u0300-\u036f]/g, '').toLowerCase().trim();
  let linkMatrix = () => {};
  const still = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

  /* One view at a time; the fragment of the address says which, and what in it. */
  const wanted = () => {
    try { return document.getElementById(decodeURIComponent(location.hash.slice(1))); } catch { return null; }
  };
  const show = (moveFocus) => {
    const target = wanted();
    const view = (target && target.closest('.view')) || one('.view');
    if (!view) return;
    for (const other of all('.view.on')) if (other !== view) other.classList.remove('on');
    view.classList.add('on');
    const section = view.classList.contains('agency') ? 'peringkat' : view.classList.contains('item') ? 'butir' : view.id;
    for (const link of all('.top nav a')) {
      if (link.hash === '#' + section) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
    const heading = one('h2', view);
    if (target && target !== view && target !== heading) {
      if (target.matches('details')) target.open = true;
      target.scrollIntoView({ block: 'center' });
      if (moveFocus) (one('summary', target) || target).focus({ preventScroll: true });
    } else {
      scrollTo(0, 0);
      if (moveFocus && heading) heading.focus({ preventScroll: true });
    }
    root.dataset.print = ['ringkasan', 'peringkat'].includes(view.id) ? 'all' : 'one';
    if (view.id !== 'ringkasan') present(false);
    if (view.id === 'matriks') linkMatrix();
  };

  const theme = () => {
    const button = one('#tema');
    const dark = () => (root.dataset.theme || (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark';
    const say = () => { button.textContent = dark() ? button.dataset.light : button.dataset.dark; };
    try { const kept = localStorage.getItem('ppid-audit-theme'); if (kept) root.dataset.theme = kept; } catch { /* no storage on this address */ }
    button.addEventListener('click', () => {
      root.dataset.theme = dark() ? 'light' : 'dark';
      try { localStorage.setItem('ppid-audit-theme', root.dataset.theme); } catch { /* it then lasts until the page is closed */ }
      say();
    });
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', say);
    say();
  };

  /* Showing slides: the arrow keys lead from one to the next, Escape leaves. */
  const present = (on) => {
    if (root.classList.contains('present') === on) return;
    root.classList.toggle('present', on);
    if (on && root.requestFullscreen) root.requestFullscreen().catch(() => {});
    if (!on && document.fullscreenElement) document.exitFullscreen();
  };
  const step = (by) => {
    const slides = all('.slide');
    const here = slides.findIndex((slide) => slide.getBoundingClientRect().bottom > innerHeight / 2);
    const next = slides[Math.min(Math.max((here < 0 ? slides.length : here) + by, 0), slides.length - 1)];
    next.scrollIntoView({ behavior: still() ? 'auto' : 'smooth', block: 'start' });
  };
  const showing = () => {
    one('#tayang').addEventListener('click', () => {
      if (location.hash !== '#ringkasan') location.hash = '#ringkasan';
      present(true);
      one('.slide').scrollIntoView();
    });
    document.addEventListener('fullscreenchange', () => { if (!document.fullscreenElement) present(false); });
    document.addEventListener('keydown', (event) => {
      if (!root.classList.contains('present')) return;
      if (['ArrowRight', 'ArrowDown', 'PageDown', ' '].includes(event.key)) { event.preventDefault(); step(1); }
      else if (['ArrowLeft', 'ArrowUp', 'PageUp'].includes(event.key)) { event.preventDefault(); step(-1); }
      else if (event.key === 'Escape') present(false);
    });
  };

  const sorting = () => {
    const value = (row, column, numeric) => {
      const cell = row.cells[column];
      if (!numeric) return plain(cell.textContent);
      const text = cell.dataset.v !== undefined ? cell.dataset.v : cell.textContent;
      return text === '' || isNaN(text) ? null : Number(text);
    };
    for (const button of all('table.sortable th button')) {
      button.addEventListener('click', () => {
        const head = button.closest('th');
        const table = head.closest('table');
        const column = Array.from(head.parentNode.cells).indexOf(head);
        const numeric = button.dataset.sort !== 't';
        const before = head.getAttribute('aria-sort');
        const up = before ? before === 'descending' : button.dataset.sort !== 'd';
        for (const other of all('th[aria-sort]', table)) other.removeAttribute('aria-sort');
        head.setAttribute('aria-sort', up ? 'ascending' : 'descending');
        const rows = Array.from(table.tBodies[0].rows, (row) => [value(row, column, numeric), row]);
        rows.sort(([a], [b]) => {
          if (a === null || b === null) return (a === null) - (b === null);
          const order = numeric ? a - b : a.localeCompare(b, root.lang);
          return up ? order : -order;
        });
        table.tBodies[0].append(...rows.map(([, row]) => row));
      });
    }
  };

  const filtering = () => {
    for (const form of all('form[data-table]')) {
      const rows = Array.from(one('#' + form.dataset.table).tBodies[0].rows);
      const output = one('output', form);
      const apply = () => {
        let shown = 0;
        for (const row of rows) {
          row.hidden = !all('[data-by]', form).every((field) => {
            const asked = plain(field.value);
            if (!asked) return true;
            return field.dataset.by === 'text' ? plain(row.textContent).includes(asked) : plain(row.dataset[field.dataset.by] || '') === asked;
          });
          shown += !row.hidden;
        }
        output.textContent = output.dataset.count.replace('#', shown).replace('%', rows.length);
      };
      form.addEventListener('input', apply);
      form.addEventListener('submit', (event) => event.preventDefault());
    }
  };

  /* The matrix: its cells become links when it is first shown; one stop for the Tab key, arrow keys inside. */
  const matrix = () => {
    const table = one('#t-matriks');
    if (!table) return () => {};
    const form = one('#f-matriks');
    const hint = one('#petunjuk');
    const body = table.tBodies[0];
    const heads = Array.from(table.tHead.rows[0].cells);
    const rows = () => Array.from(body.rows).filter((row) => !row.hidden);
    let stop = null;
    const link = () => {
      if (stop) return;
      for (const row of body.rows) {
        for (const cell of Array.from(row.cells).slice(1)) {
          const made = document.createElement('a');
          made.href = '#' + row.dataset.a + heads[cell.cellIndex].dataset.i;
          made.tabIndex = -1;
          made.setAttribute('aria-label', table.dataset[cell.className]);
          made.textContent = cell.textContent;
          cell.replaceChildren(made);
        }
      }
      stop = one('td a', body);
      if (stop) stop.tabIndex = 0;
    };
    const told = (event) => {
      const cell = event.target.closest('tbody td');
      if (!cell) return;
      const name = cell.parentNode.cells[0].textContent.trim();
      hint.textContent = name + ' · ' + heads[cell.cellIndex].textContent.trim() + ': ' + table.dataset[cell.className];
    };
    const stopAt = (made) => {
      if (!made) return;
      stop.tabIndex = -1;
      stop = made;
      stop.tabIndex = 0;
    };
    const moves = {
      ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0],
      Home: [0, -1e4], End: [0, 1e4], PageDown: [10, 0], PageUp: [-10, 0],
    };
    const within = (list, place) => list[Math.min(Math.max(place, 0), list.length - 1)];
    table.addEventListener('mouseover', told);
    table.addEventListener('focusin', told);
    table.addEventListener('keydown', (event) => {
      const cell = event.target.closest('tbody td');
      const move = moves[event.key];
      if (!cell || !move || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      const lines = rows();
      const line = within(lines, lines.indexOf(cell.parentNode) + move[0]);
      const cells = Array.from(line.cells).slice(1).filter((other) => !other.hidden);
      const place = cells.findIndex((other) => other.cellIndex === cell.cellIndex);
      stopAt(one('a', within(cells, place + move[1])));
      stop.focus();
    });
    form.addEventListener('submit', (event) => event.preventDefault());
    form.addEventListener('input', () => {
      const by = (name) => one('[data-by=' + name + ']', form).value;
      const kept = heads.map((head, place) => place === 0 || !by('category') || head.dataset.c === by('category'));
      for (const row of body.rows) row.hidden = !plain(row.cells[0].textContent).includes(plain(by('text')));
      for (const row of table.rows) Array.from(row.cells).forEach((cell, place) => { cell.hidden = !kept[place]; });
      table.dataset.only = by('only');
      stopAt(one('tr:not([hidden]) > td:not([hidden]) > a', body));
    });
    return link;
  };

  const searching = () => {
    const input = one('#cari');
    const list = one('#temuan-cari');
    const status = one('#cari-status');
    const known = all('[data-name]').map((view) => ({ name: view.dataset.name, what: view.dataset.what, hash: '#' + view.id, key: plain(view.dataset.name + ' ' + view.id) }));
    let chosen = -1;
    const mark = (place) => {
      const options = all('[role=option]', list);
      chosen = options.length ? (place + options.length) % options.length : -1;
      options.forEach((option, at) => option.setAttribute('aria-selected', String(at === chosen)));
      if (chosen >= 0) { input.setAttribute('aria-activedescendant', options[chosen].id); options[chosen].scrollIntoView({ block: 'nearest' }); }
      else input.removeAttribute('aria-activedescendant');
    };
    const close = () => {
      list.hidden = true;
      list.replaceChildren();
      input.setAttribute('aria-expanded', 'false');
      mark(-1);
    };
    const open = (option) => {
      if (!option) return;
      input.value = '';
      close();
      status.textContent = '';
      location.hash = option.dataset.hash;
    };
    const look = () => {
      const words = plain(input.value).split(/\s+/).filter(Boolean);
      close();
      status.textContent = '';
      if (!words.length) return;
      const found = known.filter((entry) => words.every((word) => entry.key.includes(word))).slice(0, 12);
      status.textContent = found.length ? status.dataset.some.replace('#', found.length) : status.dataset.none;
      list.append(...found.map((entry, at) => {
        const option = document.createElement('li');
        option.id = 'cari-' + at;
        option.setAttribute('role', 'option');
        option.dataset.hash = entry.hash;
        const what = document.createElement('small');
        what.textContent = entry.what;
        option.append(entry.name + ' ', what);
        return option;
      }));
      list.hidden = !found.length;
      input.setAttribute('aria-expanded', String(found.length > 0));
      if (found.length) mark(0);
    };
    input.addEventListener('input', look);
    input.addEventListener('keydown', (event) => {
      const options = all('[role=option]', list);
      if (event.key === 'ArrowDown') { event.preventDefault(); mark(chosen + 1); }
      else if (event.key === 'ArrowUp') { event.preventDefault(); mark(chosen - 1); }
      else if (event.key === 'Enter') { event.preventDefault(); open(options[chosen]); }
      else if (event.key === 'Escape') close();
    });
    list.addEventListener('mousedown', (event) => { event.preventDefault(); open(event.target.closest('[role=option]')); });
    input.addEventListener('blur', close);
  };

  document.addEventListener('DOMContentLoaded', () => {
    theme();
    showing();
    sorting();
    filtering();
    linkMatrix = matrix();
    searching();
    one('#cetak').addEventListener('click', () => print());
    for (const button of all('[data-open], [data-close]')) {
      button.addEventListener('click', () => {
        for (const part of all('details', button.closest('.view'))) part.open = 'open' in button.dataset;
      });
    }
    addEventListener('hashchange', () => show(true));
    show(false);
  });
  /* The browser's own jump to the fragment comes late, and knows nothing of views. */
  addEventListener('load', () => show(false));
})();
