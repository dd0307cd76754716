import { Html } from './html.js';

/** Counts the time left down, and shows the closed page when it is over. Without it the page shows the closing time. */
export const countdownScript = new Html(`
      (function () {
        var left = document.getElementById('left');
        var end = performance.now() + Number(left.dataset.seconds) * 1000;
        var timer = setInterval(function () {
          var seconds = Math.max(0, Math.ceil((end - performance.now()) / 1000));
          var minutes = Math.floor(seconds / 60);
          left.textContent = minutes > 0 ? minutes + ' min ' + (seconds % 60) + ' s' : seconds + ' s';
          if (seconds > 0) return;
          clearInterval(timer);
          location.reload();
        }, 500);
      })();
`);
