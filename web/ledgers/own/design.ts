/** The declaration on the desk: what is typed is kept as a draft on the server a moment later. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { LedgerUsers } from '../../../domain/records/ledgers/definition.ts'
import { type OwnDetail, publishOwn, writeOwn } from '../../../domain/records/ledgers/own/contract.ts'
import { nextVersion, publishFaults } from '../../../domain/records/ledgers/own/rules.ts'
import { follow } from '../../../domain/records/ledgers/own/standard.ts'
import type { FieldProblem } from '../../../kernel/errors.ts'
import { call, type Problem, problemOf } from '../../app/client.ts'
import { queryClient } from '../../app/queries.ts'
import type { Design } from './change.ts'

const WAIT_MS = 700

export interface Designing {
  design: Design
  users: LedgerUsers
  /** In force; older records know its fields. */
  before: Design | null
  /** Measures and sentences that nobody has touched follow the fields. */
  change: (how: (now: Design) => Design) => void
  setUsers: (users: LedgerUsers) => void
  faults: FieldProblem[]
  state: 'saved' | 'changed' | 'saving' | 'failed'
  problem: Problem | null
  /** Something differs from what is in force. */
  pending: boolean
  publish: () => Promise<boolean>
  publishing: boolean
  /** As the last write answered. */
  version: () => number
}

interface Held {
  design: Design
  users: LedgerUsers
}

export function useDesign(detail: OwnDetail): Designing {
  const { id, before, taken } = detail
  const [held, setHeld] = useState<Held>({ design: detail.definition, users: detail.users })
  const [pending, setPending] = useState(detail.pending)
  const [publishing, setPublishing] = useState(false)
  const saver = useSaver(detail, held)
  const change = useCallback(
    (how: (now: Design) => Design) => {
      setPending(true)
      saver.touch()
      setHeld((now) => ({ ...now, design: follow(now.design, how(now.design)) }))
    },
    [saver.touch],
  )
  const setUsers = (users: LedgerUsers) => {
    setPending(true)
    saver.touch()
    setHeld((now) => ({ ...now, users }))
  }
  const faults = useMemo(
    () => publishFaults(nextVersion(id, held.design, before), before, taken),
    [id, held.design, before, taken],
  )
  const publish = async () => {
    setPublishing(true)
    const done = await saver.publish()
    setPublishing(false)
    return done
  }
  return {
    ...held,
    before,
    change,
    setUsers,
    faults,
    pending,
    publish,
    publishing,
    version: saver.version,
    state: saver.state,
    problem: saver.problem,
  }
}

/** One write after another, each with the version that the last one answered. */
function useSaver({ id, version: first }: OwnDetail, held: Held) {
  const [state, setState] = useState<Designing['state']>('saved')
  const [problem, setProblem] = useState<Problem | null>(null)
  const version = useRef(first)
  const dirty = useRef(false)
  const latest = useRef(held)
  const running = useRef<Promise<boolean>>(Promise.resolve(true))
  latest.current = held
  const touch = useCallback(() => {
    dirty.current = true
    setState('changed')
  }, [])
  const flush = useCallback((): Promise<boolean> => {
    running.current = running.current.then(async () => {
      if (!dirty.current) return true
      dirty.current = false
      setState('saving')
      try {
        const { design: definition, users } = latest.current
        const body = { version: version.current, definition, users }
        version.current = (await call(writeOwn, { params: { id }, body })).version
        setProblem(null)
        setState(dirty.current ? 'changed' : 'saved')
        return true
      } catch (error) {
        dirty.current = true
        setProblem(problemOf(error))
        setState('failed')
        return false
      }
    })
    return running.current
  }, [id])
  // biome-ignore lint/correctness/useExhaustiveDependencies: each change begins the wait anew.
  useEffect(() => {
    if (!dirty.current) return
    const timer = setTimeout(() => void flush(), WAIT_MS)
    return () => clearTimeout(timer)
  }, [held, flush])
  useEffect(() => () => void (dirty.current && flush()), [flush])
  const publish = async (): Promise<boolean> => {
    if (!(await flush())) return false
    try {
      await call(publishOwn, { params: { id }, body: { version: version.current } })
      setProblem(null)
      await queryClient.invalidateQueries()
      return true
    } catch (error) {
      setProblem(problemOf(error))
      return false
    }
  }
  return { state, problem, touch, publish, version: () => version.current }
}

/** Brings the place of a fault into sight, ready to be typed in. */
export function showPlace(field: string): void {
  const [part = '', id = ''] = field.split('.')
  const at =
    document.querySelector(`[data-place="${part}.${id}"]`) ?? document.querySelector(`[data-place="${part}"]`)
  if (!(at instanceof HTMLElement)) return
  if (at instanceof HTMLDetailsElement) at.open = true
  else at.querySelector<HTMLElement>('[data-open="false"]')?.click()
  setTimeout(() => {
    at.scrollIntoView({ block: 'center' })
    at.querySelector<HTMLElement>('input, textarea')?.focus({ preventScroll: true })
  }, 60)
}
