/** Asking figures from components: those asked in one breath travel together. */
import { useQuery } from '@tanstack/react-query'
import type { FigureAnswer, FigureQuestion } from '../../domain/indicators/contract.ts'
import { askFigures } from '../../domain/indicators/contract.ts'
import { yearEarlier } from '../../kernel/period.ts'
import { paths, useSearchState } from '../app/address.tsx'
import { call, type Problem, problemOf } from '../app/client.ts'
import { useFrame } from '../app/frameState.tsx'

export type { FigureAnswer, FigureQuestion }

/** What is not said is taken from the frame: its organisation, its period. */
export type Asked = Pick<FigureQuestion, 'measure'> & Partial<FigureQuestion>

export function useQuestion(asked: Asked): FigureQuestion {
  const { org, period } = useFrame()
  const timed = asked.from || asked.to || asked.asOf
  return {
    org: org.id,
    ...(timed ? {} : { from: period.from, to: period.to }),
    ...asked,
  }
}

interface Waiting {
  question: FigureQuestion
  resolve: (answer: FigureAnswer) => void
  reject: (problem: Problem) => void
}

const TOGETHER_MS = 12
const MOST = 100
let waiting: Waiting[] = []

function ask(question: FigureQuestion): Promise<FigureAnswer> {
  return new Promise((resolve, reject) => {
    if (waiting.length === 0) setTimeout(sendAll, TOGETHER_MS)
    waiting.push({ question, resolve, reject })
  })
}

function sendAll(): void {
  const all = waiting
  waiting = []
  for (let i = 0; i < all.length; i += MOST) void sendSome(all.slice(i, i + MOST))
}

/** One refused question refuses the batch: then each is asked alone, so that the others are answered. */
async function sendSome(batch: Waiting[]): Promise<void> {
  try {
    const { answers } = await call(askFigures, { body: { questions: batch.map((w) => w.question) } })
    batch.forEach((w, i) => {
      const answer = answers[i]
      if (answer) w.resolve(answer)
    })
  } catch (error) {
    const [only] = batch
    if (batch.length === 1 && only) only.reject(problemOf(error))
    else for (const w of batch) void sendSome([w])
  }
}

export interface AskedFigure {
  question: FigureQuestion
  data: FigureAnswer | undefined
  error: Problem | null
  refetch: () => unknown
}

export function useFigure(asked: Asked, options: { enabled?: boolean } = {}): AskedFigure {
  const question = useQuestion(asked)
  const { data, error, refetch } = useQuery<FigureAnswer, Problem>({
    queryKey: ['figure', question],
    queryFn: () => ask(question),
    enabled: options.enabled ?? true,
  })
  return { question, data, error, refetch }
}

/** The answer a year earlier; none where the question names no day. */
export function useYearBefore(question: FigureQuestion, wanted = true): FigureAnswer | undefined {
  const earlier = yearBefore(question)
  const { data } = useFigure(earlier ?? question, { enabled: wanted && earlier !== null })
  return earlier === null ? undefined : data
}

/** The same question a year earlier; null where it names no day, for then it would be the same question. */
function yearBefore(question: FigureQuestion): FigureQuestion | null {
  const { from, to, asOf, ...rest } = question
  if (from && to) return { ...rest, ...yearEarlier({ from, to }) }
  const day = asOf?.slice(0, 10) ?? to
  return day ? { ...rest, ...yearEarlier({ asOf: day }) } : null
}

/** The address of 数据 that asks this question, to be asked otherwise there. */
export function figurePage({ where = {}, ...asked }: FigureQuestion): string {
  const filters = Object.entries(where).map(([key, value]) => [`w.${key}`, value])
  const all = [...Object.entries(asked).filter(([, value]) => value), ...filters]
  return `${paths.figures()}?${new URLSearchParams(Object.fromEntries(all))}`
}

const PARAM = 'figure'

/** The evidence drawer stands in the address, so a figure can be sent as a link and closed with 后退. */
export function useEvidence(): {
  asked: FigureQuestion | null
  open: (question: FigureQuestion) => void
  close: () => void
} {
  const [search, change] = useSearchState()
  return {
    asked: questionFrom(search[PARAM]),
    open: (question) => change({ [PARAM]: JSON.stringify(question) }, 'push'),
    close: () => change({ [PARAM]: undefined }),
  }
}

function questionFrom(text: string | undefined): FigureQuestion | null {
  if (!text) return null
  try {
    const read = JSON.parse(text) as Partial<FigureQuestion>
    return read.measure && read.org ? (read as FigureQuestion) : null
  } catch {
    return null
  }
}
