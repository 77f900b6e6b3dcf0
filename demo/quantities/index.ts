/**
 * What real summaries state in numbers, as questions to the demo: each must come out of the rows, be opened, and be
 * worded as the office words it. One file a summary; slogans and ordinals are not among them.
 */
import { gathered } from '../gather.ts'
import { type Quantity, quantitiesOf, type StatedSummary } from './quantity.ts'

export const summaries: StatedSummary[] = (
  await gathered<StatedSummary>(new URL('.', import.meta.url), 'summary')
).map(({ found }) => found)

export const quantities: Quantity[] = summaries.flatMap(quantitiesOf)
