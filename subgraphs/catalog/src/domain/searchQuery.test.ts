import { searchQuery } from './searchQuery.js';

describe('searchQuery', () => {
  it('asks for every word, the last one unfinished', () => {
    expect(searchQuery('night lan')).toBe('night & lan:*');
  });

  it('lets nothing of the query language through', () => {
    expect(searchQuery("a' | !b & (c <-> d):*")).toBe('a & b & c & d:*');
  });

  it('keeps letters of every script', () => {
    expect(searchQuery('Đêm hội 祭り')).toBe('Đêm & hội & 祭り:*');
  });

  it('is null without a word', () => {
    expect(searchQuery(' &|! ')).toBeNull();
  });
});
