import { Input, Tooltip } from 'antd'
import { Search } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { categories } from '../../../shared/nodes/type.ts'
import { CategoryIcon } from '../../ui/CategoryIcon.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { useCanvas } from '../context.ts'
import { found, paletteItems } from './items.ts'
import styles from './Palette.module.css'
import { usePaletteDrag } from './usePaletteDrag.ts'

/** Everything that a journey can be made of, to be dragged onto the canvas or clicked. */
export function Palette() {
  const { t } = useTranslation(['canvas', 'nodes'])
  const { types, cards } = useCanvas()
  const format = useFormat()
  const [search, setSearch] = useState('')
  const items = useMemo(() => paletteItems(types, cards), [types, cards])
  const grip = usePaletteDrag()
  const shown = items.filter((item) => found(item, search))
  return (
    <aside className={styles.palette} aria-label={t('palette.title')} data-testid="palette">
      <div className={styles.search}>
        <Input
          prefix={<Search size={14} aria-hidden />}
          placeholder={t('palette.search')}
          aria-label={t('palette.search')}
          allowClear
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      </div>
      <div className={styles.list}>
        {categories.map((category) => {
          const members = shown.filter((item) => item.category === category)
          if (members.length === 0) return null
          return (
            <section key={category}>
              <h2>{t(`nodes:categories.${category}`)}</h2>
              {members.map((item) => (
                <Tooltip
                  key={item.key}
                  title={format.text(item.help)}
                  placement="right"
                  mouseEnterDelay={0.5}
                >
                  <button
                    type="button"
                    className={styles.item}
                    data-testid={`palette-item-${item.key}`}
                    {...grip(item)}
                  >
                    <CategoryIcon category={item.category} icon={item.icon} size={24} />
                    {format.text(item.name)}
                  </button>
                </Tooltip>
              ))}
            </section>
          )
        })}
        {shown.length === 0 ? <p className={styles.none}>{t('palette.none')}</p> : null}
      </div>
      <p className={styles.hint}>{t('palette.hint')}</p>
    </aside>
  )
}

/** The card that follows the pointer while something is dragged out of the palette. */
export function DraggedCard() {
  const { t } = useTranslation('canvas')
  const { screen, types, cards } = useCanvas()
  const format = useFormat()
  const drag = useStore(screen, (state) => state.drag)
  const items = useMemo(() => paletteItems(types, cards), [types, cards])
  const item = items.find(({ key }) => key === drag?.item)
  if (drag === null || item === undefined) return null
  return (
    <div
      className={drag.edge === null ? styles.ghost : `${styles.ghost} ${styles.inserting}`}
      style={{ transform: `translate(${drag.at.x - 108}px, ${drag.at.y - 24}px)` }}
      aria-hidden
    >
      <CategoryIcon category={item.category} icon={item.icon} />
      <strong>{format.text(item.name)}</strong>
      {drag.edge === null ? null : <span>{t('palette.insert')}</span>}
    </div>
  )
}
