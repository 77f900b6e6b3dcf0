/** Where one is on the phone: /m/…, with the browser's own history, so that every step has an address. */
import { useSyncExternalStore } from 'react'

const BASE = '/m'
const listeners = new Set<() => void>()

function tell(): void {
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  window.addEventListener('popstate', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('popstate', listener)
  }
}

const now = () => window.location.pathname.slice(BASE.length) + window.location.search

export interface Place {
  /** '/record/themeActivity', without the /m before it. */
  path: string
  search: URLSearchParams
}

function placeOf(address: string): Place {
  const [path = '', search = ''] = address.split('?')
  return { path: path.replace(/\/$/, '') || '/', search: new URLSearchParams(search) }
}

export const placeNow = (): Place => placeOf(now())

export const usePlace = (): Place => placeOf(useSyncExternalStore(subscribe, now))

/** Goes to a place of the phone client. */
export function goTo(path: string, how: { replace?: boolean } = {}): void {
  if (how.replace) window.history.replaceState(null, '', BASE + path)
  else window.history.pushState(null, '', BASE + path)
  window.scrollTo(0, 0)
  tell()
}

export const goBack = (): void => window.history.back()
