import { InputCheck } from './inputCheck.js';
import { invalidInput, notFound, type Refused } from './refused.js';

describe('a refusal of bad input', () => {
  test('lists fifty wrong fields at most, each shortened, and says how many more there are', () => {
    const check = new InputCheck();
    for (let index = 0; index < 1000; index += 1) {
      check.require(false, `input.${'x'.repeat(1000)}.${index}`, 'WRONG', 'y'.repeat(1000));
    }
    let refused: unknown;
    try {
      check.done();
    } catch (error) {
      refused = error;
    }
    const { refusal } = refused as Refused;
    expect(refusal['fields']).toHaveLength(50);
    expect(refusal.message).toMatch(/And 950 more\.$/);
    expect(JSON.stringify(refusal).length).toBeLessThan(120_000);
  });

  test('lists fewer as they are', () => {
    const fields = [{ path: 'input.name', rule: 'REQUIRED', message: 'Write something here.' }];
    expect(invalidInput(fields).refusal).toMatchObject({
      message: "Some values can't be used: input.name: Write something here.",
      fields,
    });
  });

  test('repeats an id in part when it is none of ours', () => {
    expect(notFound('event', 'x'.repeat(900_000)).refusal['id']).toHaveLength(101);
  });
});
