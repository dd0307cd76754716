import { Html } from './html.js';

/** Style of the pay page: light and dark by the reader's choice, contrast of 4.5 and more, no outside assets. */
export const pageStyle = new Html(`
      :root {
        --ground: #f3f1ec; --card: #fff; --ink: #1d1b26; --soft: #5c5968; --line: #dedae6;
        --accent: #5b34c9; --accent-ink: #fff; --good: #11694a; --bad: #9c2436;
      }
      @media (prefers-color-scheme: dark) {
        :root {
          --ground: #14121b; --card: #201d2b; --ink: #f3f1f8; --soft: #b3aec2; --line: #3a3549;
          --accent: #b79cff; --accent-ink: #1a1032; --good: #6fd3a9; --bad: #ff9aa8;
        }
      }
      * { box-sizing: border-box; }
      body {
        margin: 0; min-height: 100vh; padding: 1.5rem 1rem; background: var(--ground); color: var(--ink);
        display: grid; grid-template-rows: auto 1fr auto; justify-items: center; gap: 1.5rem;
        font: 1rem/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif;
      }
      header, main, footer { width: 100%; max-width: 27rem; }
      header { display: flex; justify-content: space-between; align-items: center; }
      .brand { font-size: 1.125rem; letter-spacing: .01em; }
      .badge {
        font-size: .8125rem; color: var(--soft); border: 1px solid var(--line); border-radius: 99px; padding: .1rem .7rem;
      }
      main {
        align-self: center; background: var(--card); border: 1px solid var(--line); border-radius: 1rem;
        padding: 2rem 1.75rem; box-shadow: 0 12px 40px rgb(20 10 50 / .08); text-align: center;
      }
      .amount {
        margin: 0; font-size: clamp(1.9rem, 8vw, 2.6rem); font-weight: 700; line-height: 1.15;
        letter-spacing: -.02em; font-variant-numeric: tabular-nums; overflow-wrap: anywhere;
      }
      main > :last-child, main > :last-child > :last-child { margin-bottom: 0; }
      .purpose { margin: .5rem 0 0; color: var(--soft); overflow-wrap: anywhere; }
      .left {
        margin: 1.5rem 0; padding: .75rem 1rem; border: 1px solid var(--line); border-radius: .625rem;
        font-variant-numeric: tabular-nums;
      }
      .left small { color: var(--soft); }
      form { display: grid; gap: .625rem; }
      button, a.button {
        font: inherit; font-weight: 600; width: 100%; min-height: 3rem; padding: .65rem 1rem; cursor: pointer;
        border-radius: .625rem; border: 1px solid var(--line); background: transparent; color: var(--ink);
        display: block; text-decoration: none;
      }
      .pay { background: var(--accent) !important; border-color: var(--accent) !important; color: var(--accent-ink) !important; }
      button:hover, a.button:hover { border-color: var(--accent); }
      .pay:hover { filter: brightness(1.08); }
      .quiet { border-color: transparent; color: var(--soft); font-weight: 500; }
      :focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; }
      .state { margin: 1.5rem 0 .25rem; font-size: 1.375rem; line-height: 1.3; }
      .good { color: var(--good); }
      .bad { color: var(--bad); }
      .note { margin: 0; color: var(--soft); }
      a.button { margin-top: 1.5rem; }
      .test { margin-top: 1.75rem; padding-top: 1.25rem; border-top: 1px dashed var(--line); }
      .test p { margin: 0; font-size: .875rem; color: var(--soft); }
      .test button { border-color: var(--line); color: var(--ink); }
      footer { text-align: center; font-size: .875rem; color: var(--soft); }
`);
