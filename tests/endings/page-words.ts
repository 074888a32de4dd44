/** What the cases' code may use in the page, as text that runs there before it. */

export const PAGE_WORDS = `
  const decoder = new TextDecoder();
  const decode = (chunk) => (typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true }));
  const hasThree = (text) => text.split('\\n\\n').length > 3;
  let got = '';
  const isThird = (chunk) => hasThree((got += decode(chunk)));
  const three = async (reader) => {
    for (;;) {
      const { value, done } = await reader.read();
      if (done || isThird(value)) return;
    }
  };
  const open = () => {
    const xhr = new XMLHttpRequest();
    xhr.open('GET', url);
    xhr.setRequestHeader('accept', 'text/event-stream');
    return xhr;
  };
  const heard = (target, types, enough) =>
    new Promise((resolve) => {
      for (const type of types) target.addEventListener(type, () => enough() && resolve());
      if (enough()) resolve();
    });
  const ended = (xhr) => heard(xhr, ['loadend'], () => xhr.readyState === 4);
  const state = (xhr, least) => heard(xhr, ['readystatechange'], () => xhr.readyState >= least);
  const threeOf = (xhr) => heard(xhr, ['progress', 'load'], () => hasThree(xhr.responseText));
  const events = (source, least) => {
    let count = 0;
    return new Promise((resolve) => source.addEventListener('message', () => ++count === least && resolve()));
  };
  const asked = () => serverWasAsked(url);
  const finished = () => serverIsDone(url).then(() => new Promise((resolve) => setTimeout(resolve, 300)));
  const go = () => void letServerGoOn(url);
`
