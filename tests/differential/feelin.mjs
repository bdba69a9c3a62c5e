// Evaluates FEEL with feelin: each line of the input is a list of [expression, scope], each line of the output is a list
// of what they give. A context of one key "$feel" in a scope stands for a value that JSON lacks: its literal.

import { evaluate } from 'feelin';
import { createInterface } from 'node:readline';

const DEEPEST = 40;

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(JSON.stringify(JSON.parse(line).map(([source, scope]) => answer(source, scope))) + '\n');
}

function answer(source, scope) {
  try {
    return { value: plain(evaluate(source, entries(scope, read)).value, 0) };
  } catch (error) {
    return { error: String(error.message ?? error).split('\n')[0].slice(0, 120) };
  }
}

function read(value) {
  if (Array.isArray(value)) return value.map(read);
  if (value === null || typeof value !== 'object') return value;
  return '$feel' in value ? evaluate(value.$feel, {}).value : entries(value, read);
}

function plain(value, depth) {
  if (depth > DEEPEST) return { $other: 'deep' };
  if (value === undefined || value === null) return null;
  if (typeof value === 'number') return Number.isFinite(value) ? value : { $other: String(value) };
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map((item) => plain(item, depth + 1));
  if (value.isLuxonDuration) return duration(value);
  if (value.isLuxonDateTime) return moment(value);
  if ('start included' in value && 'end included' in value) return range(value, depth);
  if (Object.getPrototypeOf(value) !== Object.prototype) return { $other: value.constructor.name };
  return entries(value, (item) => plain(item, depth + 1));
}

function range(value, depth) {
  const ends = [plain(value.start, depth + 1), plain(value.end, depth + 1)];
  return { $range: [...ends, value['start included'], value['end included']] };
}

// feelin keeps a time as a moment of 1900-01-01 and a date as midnight UTC; nothing else tells them from date and time.
function moment(value) {
  if (value.year === 1900 && value.month === 1 && value.day === 1) return { $time: clock(value) };
  const day = value.toISODate();
  const isDate = value.zone.type === 'fixed' && value.offset === 0 && +value === +value.startOf('day');
  return isDate ? { $date: day } : { $moment: `${day}T${clock(value)}` };
}

function clock(value) {
  const time = value.toISOTime({ includeOffset: false, suppressMilliseconds: true });
  if (value.zone.type === 'system') return time;
  return time + (value.zone.type === 'iana' ? `@${value.zoneName}` : value.toFormat('ZZ'));
}

function duration(value) {
  const found = value.toObject();
  const isMonths = !['weeks', 'days', 'hours', 'minutes', 'seconds', 'milliseconds'].some((unit) => found[unit]);
  if (isMonths && ('years' in found || 'months' in found)) return { $months: value.as('months') };
  return { $seconds: value.as('seconds') };
}

function entries(value, change) {
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, change(item)]));
}
