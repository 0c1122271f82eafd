/** What an element of type `datetime-local` gives: a date and a time of day, of no zone. */
const LOCAL = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?$/;

/** The moment at which clocks here show this, as RFC 3339 writes it; anything else as it is. */
export function momentOf(text: string): string {
  const moment = new Date(text);
  return LOCAL.test(text) && isMoment(moment) ? moment.toISOString().replace('.000Z', 'Z') : text;
}

/** What clocks here show at a moment, as the element takes it; empty where the text names none. */
export function localOf(text: string): string {
  if (LOCAL.test(text)) {
    return text;
  }
  const moment = new Date(text);
  moment.setMinutes(moment.getMinutes() - moment.getTimezoneOffset());
  return isMoment(moment)
    ? moment
        .toISOString()
        .slice(0, 19)
        .replace(/(:\d\d):00$/, '$1')
    : '';
}

function isMoment(date: Date): boolean {
  return !Number.isNaN(date.getTime());
}
