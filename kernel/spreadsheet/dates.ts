/** Spreadsheet day numbers. The 1900 system counts a 29 February 1900 that never was. */

const DAY_MS = 86_400_000
const EPOCH_1900 = Date.UTC(1899, 11, 30)
const DAYS_TO_1904 = 1462

/** 'YYYY-MM-DD', with ' HH:MM:SS' where there is an hour, 'HH:MM:SS' below one day; null out of 1900–2200. */
export function serialToMoment(serial: number, date1904 = false): string | null {
  const seconds = Math.round(serial * 86_400)
  if (seconds < 0) return null
  const clock = new Date((seconds % 86_400) * 1000).toISOString().slice(11, 19)
  if (serial < 1 && !date1904) return clock
  const days = Math.floor(seconds / 86_400) + (date1904 ? DAYS_TO_1904 : 0)
  if (days > 109_937) return null
  const day = new Date(EPOCH_1900 + (days < 61 ? days + 1 : days) * DAY_MS).toISOString().slice(0, 10)
  return clock === '00:00:00' ? day : `${day} ${clock}`
}
