/** Single keys, by their names in small letters, while nobody is typing and nothing lies over the page. */
import { useEffect, useRef } from 'react'

const TYPING = 'input, textarea, select, [contenteditable="true"], .ant-select, .ant-modal, .ant-drawer'

export function useKeys(keys: Record<string, () => void>): void {
  const latest = useRef(keys)
  latest.current = keys
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
      const target = event.target as HTMLElement
      if (target.closest(TYPING) || document.querySelector('.ant-modal-wrap:not([style*="display: none"])'))
        return
      // A button in focus is pressed by Enter.
      if (event.key === 'Enter' && target.closest('button:not([aria-pressed]), a')) return
      const act = latest.current[event.key.toLowerCase()]
      if (!act) return
      event.preventDefault()
      act()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [])
}
