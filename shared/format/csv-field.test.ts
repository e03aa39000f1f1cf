import { expect, test } from 'vitest';
import { csvField } from './csv-field.ts';

test.each([
  ['=HYPERLINK("http://evil.example","bill")', `"'=HYPERLINK(""http://evil.example"",""bill"")"`],
  ['+1+1', "'+1+1"],
  ['-1+1', "'-1+1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t=1"],
])('a text that a spreadsheet would work out is shown as it is: %s', (text, field) => {
  expect(csvField(text)).toBe(field);
});

test.each([
  [-120, '-120'],
  ['-120', '-120'],
  ['-1.5', '-1.5'],
  ['-1,200', '"-1,200"'],
  ['거실 에어컨', '거실 에어컨'],
  ['a "b", c', '"a ""b"", c"'],
  ['two\nlines', '"two\nlines"'],
  [true, 'true'],
])('a number below zero stays one, and a text is quoted where it has to be: %s', (value, field) => {
  expect(csvField(value)).toBe(field);
});
