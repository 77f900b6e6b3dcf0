/** What the tree allows. Pure: spans in, spans out. */
import { invalid } from '../../../kernel/errors.ts'
import { isDay } from '../../../kernel/period.ts'

/** The end of a named day; of an hour or a minute, its start: 2024-05-01 14:00 is 14:00:00. */
export const endOf = (moment: string): string => whole(moment, '23:59:59')

/** An event of a day takes effect as the day begins; one with an hour, at that hour. */
export const startOf = (moment: string): string => whole(moment, '00:00:00')

function whole(text: string, time: string): string {
  const [day = '', clock = ''] = text.trim().replace('T', ' ').split(' ')
  const shown = clock === '' ? time : clock + ':00:00'.slice(clock.length - 2)
  if (!isDay(day) || !/^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.test(shown))
    throw invalid('badMoment', `“${text}”不是日期，请写成 2024-06-18 或 2024-06-18 14:00 的样子。`)
  return `${day} ${shown}`
}

/** Names compare without blanks and in one form of letters and digits. */
export const sameName = (name: string): string => name.normalize('NFKC').replace(/\s/g, '')
