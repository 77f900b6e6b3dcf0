/** The question of the page: it stands in the address, so a link asks it again. */
import type { FigureQuestion } from '../../domain/indicators/contract.ts'
import { type Search, useSearchState, withoutEmpty } from '../app/address.tsx'
import type { FrameState } from '../app/frameState.tsx'

const WHERE = 'w.'

/** As chosen on the page; what is not chosen follows the frame. */
export interface Chosen {
  measure: string
  depth?: '0' | '1' | 'all'
  from?: string
  to?: string
  asOf?: string
  group?: string
  percent?: 'cut' | 'round'
  where: Record<string, string>
}

const DEPTHS = ['0', '1', 'all'] as const
const PERCENTS = ['cut', 'round'] as const

export function chosenFrom(search: Search): Chosen {
  const where = Object.entries(search).flatMap(([key, value]) =>
    key.startsWith(WHERE) && value ? [[key.slice(WHERE.length), value]] : [],
  )
  const depth = DEPTHS.find((d) => d === search.depth)
  const percent = PERCENTS.find((p) => p === search.percent)
  return {
    measure: search.measure ?? '',
    ...(depth ? { depth } : {}),
    ...(percent ? { percent } : {}),
    ...(search.from ? { from: search.from } : {}),
    ...(search.to ? { to: search.to } : {}),
    ...(search.asOf ? { asOf: search.asOf } : {}),
    ...(search.group ? { group: search.group } : {}),
    where: Object.fromEntries(where),
  }
}

const OWN = ['measure', 'depth', 'from', 'to', 'asOf', 'group', 'percent'] as const

/** With the frame's organisation and time where nothing else was chosen; a stock is told no later than today. */
export function questionOf(
  { where, ...rest }: Chosen,
  frame: Pick<FrameState, 'org' | 'period' | 'asOf'>,
  timing: string,
): FigureQuestion {
  const { period, asOf } = frame
  const timed = rest.from || rest.to || rest.asOf
  const time = timing === 'stock' ? { asOf } : { from: period.from, to: period.to }
  return {
    org: frame.org.id,
    ...rest,
    ...(timed ? {} : time),
    ...(Object.keys(where).length > 0 ? { where } : {}),
  }
}

export interface Asking {
  chosen: Chosen
  change: (patch: Partial<Chosen>) => void
  /** Another measure: filters and grouping of the last one do not fit. */
  ask: (measure: string) => void
}

export function useAsking(): Asking {
  const [search, changeSearch] = useSearchState()
  const chosen = chosenFrom(search)
  const write = (next: Chosen, how?: 'push') => {
    const filters = Object.entries(next.where).map(([key, value]) => [WHERE + key, value])
    const own = Object.fromEntries(OWN.map((key) => [key, next[key]]))
    const forgotten = Object.fromEntries(
      Object.keys(search)
        .filter((key) => key.startsWith(WHERE))
        .map((key) => [key, undefined]),
    )
    changeSearch({ ...forgotten, ...own, ...Object.fromEntries(filters) }, how)
  }
  return {
    chosen,
    change: (patch) => write({ ...chosen, ...patch }),
    ask: (measure) => {
      const { from, to, asOf } = chosen
      write({ measure, where: {}, ...withoutEmpty({ from, to, asOf }) }, 'push')
    },
  }
}
