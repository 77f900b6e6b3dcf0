/**
 * What was saved without a signal waits here and is sent by itself: IndexedDB, because records may carry pictures.
 * Each entry has its own idempotency key, so a second try writes nothing twice.
 */
import { useEffect, useState } from 'react'
import { newId } from '../../kernel/id.ts'
import { Problem } from '../app/client.ts'
import { goTo } from './place.ts'

export interface Outgoing {
  /** Also its idempotency key. */
  id: string
  title: string
  address: string
  method: string
  body: unknown
  /** Sent after the record itself; `address` of each. */
  files: { address: string; name: string; content: Blob }[]
  savedAt: number
  /** Why the server refused it; it then waits for the person, not for the signal. */
  refused?: string
}

const STORE = 'outgoing'
const EVERY_MS = 20_000

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('mz-outbox', 1)
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'id' })
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

async function inStore<T>(
  mode: IDBTransactionMode,
  act: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await open()
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(STORE, mode)
      const request = act(transaction.objectStore(STORE))
      transaction.oncomplete = () => resolve(request.result)
      transaction.onerror = () => reject(transaction.error)
    })
  } finally {
    database.close()
  }
}

const listeners = new Set<() => void>()
const changed = () => {
  for (const listener of listeners) listener()
}

export const waitingToSend = (): Promise<Outgoing[]> => inStore('readonly', (s) => s.getAll())

/** Keeps it on this phone, then tries to send. Resolves once it is kept. */
export async function putOut(outgoing: Omit<Outgoing, 'id' | 'savedAt'>): Promise<void> {
  await inStore('readwrite', (s) => s.put({ ...outgoing, id: newId(), savedAt: Date.now() }))
  changed()
  void sendWaiting()
}

export async function takeBack(id: string): Promise<void> {
  await inStore('readwrite', (s) => s.delete(id))
  changed()
}

let sending = false

export async function sendWaiting(): Promise<void> {
  if (sending) return
  sending = true
  try {
    for (const one of (await waitingToSend()).filter((o) => !o.refused)) {
      await sendOne(one)
      changed()
    }
  } catch {
    // No signal: the next try is the timer's.
  } finally {
    sending = false
  }
}

/** @throws when no answer came; a refusal is written to the entry. */
async function sendOne(one: Outgoing): Promise<void> {
  const response = await fetch(one.address, {
    method: one.method,
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json', 'idempotency-key': one.id },
    body: JSON.stringify(one.body),
  })
  if (response.status >= 500 || response.status === 401)
    throw new Problem('unsent', { status: response.status })
  if (!response.ok) return refuse(one, (await response.json().catch(() => ({}))) as Refusal)
  for (const [i, file] of one.files.entries()) {
    const form = new FormData()
    form.append('file', file.content, file.name)
    const sent = await fetch(file.address, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'idempotency-key': `${one.id}.${i}` },
      body: form,
    })
    if (sent.status >= 500 || sent.status === 401) throw new Problem('unsent', { status: sent.status })
    if (!sent.ok) return refuse(one, (await sent.json().catch(() => ({}))) as Refusal)
  }
  await inStore('readwrite', (s) => s.delete(one.id))
}

interface Refusal {
  title?: string
  problems?: { reason: string }[]
}

async function refuse(one: Outgoing, { title, problems = [] }: Refusal): Promise<void> {
  const reasons = problems.map((p) => p.reason).join('；')
  const refused = reasons || title || '服务器没有接受，请打开检查。'
  await inStore('readwrite', (s) => s.put({ ...one, refused }))
}

export function useOutbox(): Outgoing[] {
  const [waiting, setWaiting] = useState<Outgoing[]>([])
  useEffect(() => {
    const read = () => void waitingToSend().then(setWaiting, () => setWaiting([]))
    const retry = () => void sendWaiting()
    listeners.add(read)
    window.addEventListener('online', retry)
    const timer = setInterval(retry, EVERY_MS)
    read()
    retry()
    return () => {
      listeners.delete(read)
      window.removeEventListener('online', retry)
      clearInterval(timer)
    }
  }, [])
  return waiting
}

/** 3 条未上传: in sight on every page until it is sent. */
export function OutboxNote() {
  const waiting = useOutbox()
  if (waiting.length === 0) return null
  const refused = waiting.filter((o) => o.refused)
  return (
    <output className="mp-outbox">
      <button type="button" onClick={() => goTo('/outbox')}>
        {waiting.length} 条未上传
        {refused.length > 0 ? `，其中 ${refused.length} 条需要修改` : '，有信号时自动上传'} ›
      </button>
    </output>
  )
}
