/** Asking and writing from components. After any write everything on the screen is asked again. */
import {
  keepPreviousData,
  QueryClient,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useRef } from 'react'
import type { Endpoint, Output } from '../../kernel/endpoint.ts'
import { newId } from '../../kernel/id.ts'
import { type Ask, call, Problem, problemOf } from './client.ts'

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      refetchOnWindowFocus: true,
      retry: (failures, error) => failures < 2 && error instanceof Problem && error.status >= 502,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
})

export interface FetchOptions<A = unknown> {
  enabled?: boolean | undefined
  /** Show the last answer while the next is on its way, as lists do. */
  keepLast?: boolean | undefined
  /** Ask again every so many milliseconds. */
  every?: number | false | ((answer: A | undefined) => number | false) | undefined
}

export type Fetched<E> = UseQueryResult<Output<E>, Problem>

export function useFetch<E extends Endpoint>(
  endpoint: E,
  ask: Ask<E>,
  options: FetchOptions<Output<E>> = {},
): Fetched<E> {
  const { every = false } = options
  return useQuery<Output<E>, Problem>({
    queryKey: [endpoint.id, ask],
    queryFn: ({ signal }) => call(endpoint, ask, { signal }),
    enabled: options.enabled ?? true,
    ...(options.keepLast ? { placeholderData: keepPreviousData } : {}),
    refetchInterval: typeof every === 'function' ? ({ state }) => every(state.data) : every,
  })
}

export interface Writing<E> {
  /** Null when it was refused; the reason stands in `problem`. */
  run: (ask: Ask<E>) => Promise<Output<E> | null>
  busy: boolean
  problem: Problem | null
  clear: () => void
}

/** A write. Until it is answered, every further try carries the same key, so nothing is written twice. */
export function useWrite<E extends Endpoint>(endpoint: E, done?: (answer: Output<E>) => void): Writing<E> {
  const key = useRef<{ intent: string; id: string } | null>(null)
  const client = useQueryClient()
  const mutation = useMutation<Output<E>, Problem, Ask<E>>({
    mutationFn: (ask) => {
      const intent = JSON.stringify(ask)
      if (key.current?.intent !== intent) key.current = { intent, id: newId() }
      return call(endpoint, ask, { idempotencyKey: key.current.id })
    },
    onSuccess: async (answer) => {
      key.current = null
      done?.(answer)
      await client.invalidateQueries()
    },
    onError: (error) => {
      if (!problemOf(error).unanswered) key.current = null
    },
  })
  return {
    run: (ask) => mutation.mutateAsync(ask).catch(() => null),
    busy: mutation.isPending,
    problem: mutation.error ? problemOf(mutation.error) : null,
    clear: mutation.reset,
  }
}
