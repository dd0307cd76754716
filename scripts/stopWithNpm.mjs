/**
 * npm runs us in a shell. A SIGTERM that npm gets reaches that shell, which ends and tells us nothing; so
 * when our parent is gone, we take the signal as meant for us.
 */
export function stopWithNpm() {
  const parent = process.ppid;
  if (process.env.npm_lifecycle_event === undefined) {
    return;
  }
  const watch = setInterval(() => {
    if (process.ppid !== parent) {
      clearInterval(watch);
      process.kill(process.pid, 'SIGTERM');
    }
  }, 500);
  watch.unref();
}
