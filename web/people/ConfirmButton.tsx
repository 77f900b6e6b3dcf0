/** What the server doubts but does not forbid: told above the form, and sent again once it was checked. */
import { Button } from 'antd'
import { useState } from 'react'
import type { Problem } from '../app/client.ts'

const PREFIX = 'confirm:'

export interface ConfirmButtonProps {
  problem: Problem | null
  busy: boolean
  /** Sends the same again with these doubts confirmed. */
  confirm: (doubts: string[]) => void
}

export function ConfirmButton({ problem, busy, confirm }: ConfirmButtonProps) {
  const [confirmed, setConfirmed] = useState<string[]>([])
  if (!problem?.code.startsWith(PREFIX)) return null
  const again = () => {
    const all = [...confirmed, ...problem.code.slice(PREFIX.length).split(',')]
    setConfirmed(all)
    confirm(all)
  }
  return (
    <Button loading={busy} onClick={again}>
      已核对，照此登记
    </Button>
  )
}
