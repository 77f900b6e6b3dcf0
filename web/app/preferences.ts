/** What this browser remembers for the person at it: reading size, columns, recents. Losing it costs nothing. */
import { useCallback, useState, useSyncExternalStore } from 'react'

const prefix = 'mz.'

export function remembered<T>(name: string, otherwise: T): T {
  try {
    const text = localStorage.getItem(prefix + name)
    return text === null ? otherwise : (JSON.parse(text) as T)
  } catch {
    return otherwise
  }
}

export function remember(name: string, value: unknown): void {
  try {
    if (value === undefined) localStorage.removeItem(prefix + name)
    else localStorage.setItem(prefix + name, JSON.stringify(value))
  } catch {
    // Storage may be full or forbidden: the page goes on without a memory.
  }
}

export function useRemembered<T>(name: string, otherwise: T): [T, (value: T) => void] {
  const [value, setValue] = useState<T>(() => remembered(name, otherwise))
  const change = useCallback(
    (next: T) => {
      setValue(next)
      remember(name, next)
    },
    [name],
  )
  return [value, change]
}

const listeners = new Set<() => void>()
const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** 大字版: everything a fifth larger. */
export const largeType = {
  get: () => remembered('large', false),
  set: (large: boolean) => {
    remember('large', large)
    document.documentElement.classList.toggle('mz-large', large)
    for (const listener of listeners) listener()
  },
}

export const useLargeType = (): boolean => useSyncExternalStore(subscribe, largeType.get)
