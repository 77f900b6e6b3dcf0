/** Ctrl K: one box that finds organisations, people, ledgers, figures and commands. ↑ ↓ choose, Enter goes. */
import { SearchOutlined } from '@ant-design/icons'
import { Modal } from 'antd'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useGo } from './address.tsx'
import { useFrame } from './frameState.tsx'
import { useMe } from './me.ts'
import { type Hit, paletteSources } from './paletteSources.ts'

interface Found {
  title: string
  hits: Hit[]
}

export function Palette() {
  const [open, setOpen] = useState(false)
  useEffect(() => {
    const toggle = (event: globalThis.KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      setOpen((now) => !now)
    }
    window.addEventListener('keydown', toggle)
    return () => window.removeEventListener('keydown', toggle)
  }, [])
  return (
    <>
      <button type="button" className="mz-search-all" onClick={() => setOpen(true)}>
        <SearchOutlined />
        <span>搜索组织、人员、台账、数据</span>
        <kbd>Ctrl K</kbd>
      </button>
      <Modal
        open={open}
        onCancel={() => setOpen(false)}
        footer={null}
        closable={false}
        destroyOnHidden
        width={600}
        className="mz-palette"
        styles={{ container: { padding: 0 } }}
      >
        <PaletteBody close={() => setOpen(false)} />
      </Modal>
    </>
  )
}

function PaletteBody({ close }: { close: () => void }) {
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const found = useFound(text.trim())
  const go = useGo()
  const all = found.flatMap((f) => f.hits)
  const chosen = Math.min(at, all.length - 1)
  const follow = (hit: Hit) => {
    close()
    if (hit.act) hit.act()
    else if (hit.path) go(hit.path)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const hit = all[chosen]
    if (event.key === 'ArrowDown') setAt(Math.min(chosen + 1, all.length - 1))
    else if (event.key === 'ArrowUp') setAt(Math.max(chosen - 1, 0))
    else if (event.key === 'Enter' && hit && !event.nativeEvent.isComposing) follow(hit)
    else return
    event.preventDefault()
  }
  return (
    <div>
      <input
        // biome-ignore lint/a11y/noAutofocus: the dialog exists to be typed into.
        autoFocus
        className="mz-palette-input"
        placeholder="问一个数，如：全镇多少团员，几个女的；或搜组织、人员、台账、页面"
        aria-label="搜索"
        value={text}
        onChange={(e) => {
          setText(e.target.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
      />
      <div className="mz-palette-list">
        {found.map((group) => (
          <section key={group.title}>
            <h3>{group.title}</h3>
            {group.hits.map((hit) => (
              <HitLine
                key={hit.key}
                hit={hit}
                chosen={all.indexOf(hit) === chosen}
                follow={() => follow(hit)}
              />
            ))}
          </section>
        ))}
        {text && all.length === 0 && <p className="mz-quiet mz-palette-none">没有找到“{text}”</p>}
      </div>
    </div>
  )
}

function HitLine({ hit, chosen, follow }: { hit: Hit; chosen: boolean; follow: () => void }) {
  const line = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (chosen) line.current?.scrollIntoView({ block: 'nearest' })
  }, [chosen])
  return (
    <button ref={line} type="button" className={chosen ? 'mz-hit mz-hit-chosen' : 'mz-hit'} onClick={follow}>
      <span>{hit.title}</span>
      {hit.about && <small>{hit.about}</small>}
      {hit.value && <strong>{hit.value}</strong>}
    </button>
  )
}

/** Each source answers when it can; one that fails leaves its part empty. */
function useFound(text: string): Found[] {
  const here = { frame: useFrame(), me: useMe() }
  const [found, setFound] = useState<Found[]>([])
  const hereNow = useRef(here)
  hereNow.current = here
  useEffect(() => {
    let current = true
    const timer = setTimeout(
      async () => {
        const { frame, me } = hereNow.current
        const answers = await Promise.all(
          paletteSources.map(async ({ title, find }) => ({
            title,
            hits: await find(text, frame, me).catch(() => []),
          })),
        )
        if (current) setFound(answers.filter((a) => a.hits.length > 0))
      },
      text ? 160 : 0,
    )
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [text])
  return found
}
