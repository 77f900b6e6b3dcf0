/** A host by name, with what it said so far: 白鹭镇（待同意）. Browser-safe. */
import type { HostState } from './shapes.ts'

const SAID: Record<HostState, string> = {
  agreed: '',
  invited: '（待同意）',
  declined: '（不同意）',
  left: '（已退出）',
}

export const hostName = ({ name, state }: { name: string; state: HostState }): string => name + SAID[state]
