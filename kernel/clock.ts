/** One clock, injected. Everything the product calls a day or an hour is Asia/Shanghai. */

export interface Clock {
  now(): Date
}

/** The demo lives at a fixed offset from the real time, so that its desks are never empty. */
export const clockAt = (offsetMs: number): Clock => ({ now: () => new Date(Date.now() + offsetMs) })

const SHANGHAI_MS = 8 * 3600_000

/** 'YYYY-MM-DD HH:MM:SS' in Shanghai, the form in which moments of facts are stored. */
export const momentOf = (at: Date): string =>
  new Date(at.getTime() + SHANGHAI_MS).toISOString().slice(0, 19).replace('T', ' ')

export const todayOf = (clock: Clock): string => momentOf(clock.now()).slice(0, 10)
