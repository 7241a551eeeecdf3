import { Input } from 'antd'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { addNode } from '../../commands/add-node.ts'
import { canEnter } from '../../store/graph.ts'
import type { QuickAdd as QuickAddPlace } from '../../store/screen.ts'
import { CategoryIcon } from '../../ui/CategoryIcon.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { useCanvas, useRun } from '../context.ts'
import { found, type PaletteItem, paletteItems } from './items.ts'
import styles from './QuickAdd.module.css'

/** The menu that opens where a port was clicked or a line was let go: which step comes next. */
export function QuickAddMenu() {
  const { screen } = useCanvas()
  const place = useStore(screen, (state) => state.quickAdd)
  return place === null ? null : <Menu key={`${place.screen.x} ${place.screen.y}`} place={place} />
}

const size = { width: 232, height: 340 }

function Menu({ place }: { place: QuickAddPlace }) {
  const { t } = useTranslation('canvas')
  const { screen, types, cards } = useCanvas()
  const run = useRun()
  const format = useFormat()
  const [search, setSearch] = useState('')
  const frame = useRef<HTMLDivElement>(null)
  const items = useMemo(
    () => paletteItems(types, cards).filter((item) => canEnter(item.seed().type, types)),
    [types, cards],
  )
  const shown = items.filter((item) => found(item, search))
  const close = () => screen.setState({ quickAdd: null })
  useEffect(() => {
    const outside = (event: PointerEvent) => {
      if (event.target instanceof Node && !frame.current?.contains(event.target))
        screen.setState({ quickAdd: null })
    }
    window.addEventListener('pointerdown', outside, true)
    return () => window.removeEventListener('pointerdown', outside, true)
  }, [screen])
  const pick = (item: PaletteItem) => {
    run(addNode, { seed: item.seed(), at: place.place, from: place.from })
    close()
  }
  return (
    <div
      ref={frame}
      className={styles.menu}
      role="dialog"
      aria-label={t('quickAdd.title')}
      data-testid="quick-add"
      style={{
        left: Math.max(8, Math.min(place.screen.x - 16, window.innerWidth - size.width - 8)),
        top: Math.max(8, Math.min(place.screen.y, window.innerHeight - size.height - 8)),
      }}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Escape') close()
      }}
    >
      <Input
        autoFocus
        value={search}
        placeholder={t('quickAdd.placeholder')}
        aria-label={t('quickAdd.placeholder')}
        onChange={(event) => setSearch(event.target.value)}
        onPressEnter={() => {
          const [first] = shown
          if (first) pick(first)
        }}
      />
      <div className={styles.list}>
        {shown.map((item) => (
          <button
            key={item.key}
            type="button"
            data-testid={`quick-add-${item.key}`}
            onClick={() => pick(item)}
          >
            <CategoryIcon category={item.category} icon={item.icon} size={22} />
            {format.text(item.name)}
          </button>
        ))}
      </div>
    </div>
  )
}
