/** The organisation and the period about which every page speaks. They stand in the address. */
import { createContext, useContext } from 'react'
import { cutAt, type Period, parsePeriod } from '../../kernel/period.ts'

export interface OrgBrief {
  id: string
  code: string
  name: string
  type: string
  fullName: string
}

export interface FrameState {
  org: OrgBrief
  period: Period
  /** 截至: the period is cut short on this day. */
  until: string | null
  /** The day on which stocks are told: the period's end, but no later than today. */
  asOf: string
  /** Today as the server has it. */
  today: string
  setOrg: (id: string) => void
  setPeriod: (period: string, until?: string | null) => void
}

export const FrameContext = createContext<FrameState | null>(null)

export function useFrame(): FrameState {
  const frame = useContext(FrameContext)
  if (!frame) throw new Error('useFrame is used outside the frame')
  return frame
}

/** The period of an address; one that nobody can read falls back to the usual. */
export function periodFrom(id: string | undefined, until: string | undefined, usual: string): Period {
  try {
    return cutAt(parsePeriod(id ?? usual), until)
  } catch {
    return parsePeriod(usual)
  }
}
