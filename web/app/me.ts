/** Who is signed in, where their posts are, and which day the server has. */
import { createContext, useContext } from 'react'
import type { Me } from '../../domain/structure/accounts/contract.ts'
import type { Action } from '../../kernel/actions.ts'

export type { Me }

export const MeContext = createContext<Me | null>(null)

export function useMe(): Me {
  const me = useContext(MeContext)
  if (!me) throw new Error('useMe is used outside the frame')
  return me
}

/** Whether any of the person's posts gives this right; the server decides where it applies. */
export const useMay = (action: Action): boolean => useMe().actions.includes(action)
