/**
 * Preloaded into our programs: ties them to the launcher. Ctrl-C reaches a child from the terminal and, through npm
 * and the launcher, once or twice more; here that becomes one signal. A launcher that dies takes the child with it.
 */
const SAME_KEYSTROKE = 1000
const received = { SIGINT: 0, SIGTERM: 0 }

if (process.channel) {
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => note(signal))
  // The terminal's own signal, if there was one, arrives within this delay.
  process.on('message', (signal) => setTimeout(deliver, 100, signal).unref())
  process.on('disconnect', () => deliver('SIGTERM'))
  process.channel.unref()
}

function note(signal) {
  received[signal] = Date.now()
  // Our listener switches the default off; a program that has none of its own still has to end.
  if (process.listenerCount(signal) === 1) process.exit(signal === 'SIGINT' ? 130 : 143)
}

function deliver(signal) {
  if (Date.now() - Math.max(received.SIGINT, received.SIGTERM) > SAME_KEYSTROKE) process.emit(signal, signal)
}
