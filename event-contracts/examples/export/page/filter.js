(() => {
  const input = document.getElementById('filter');
  const found = document.getElementById('found');
  const events = [...document.querySelectorAll('article[data-words]')];
  document.querySelector('.filter').hidden = false;

  const filter = () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const event of events) {
      const fits = words.every((word) => event.dataset.words.includes(word));
      event.hidden = !fits;
      document.querySelector(`li[data-event="${event.id}"]`).hidden = !fits;
      if (fits) count += 1;
    }
    for (const group of document.querySelectorAll('#events .group, .entries section')) {
      group.hidden = !group.querySelector('article:not([hidden]), li:not([hidden])');
    }
    found.textContent = words.length === 0 ? '' : `${count} of ${events.length}`;
  };
  input.addEventListener('input', filter);
  filter();
})();
