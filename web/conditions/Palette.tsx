import { Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import styles from './condition.module.css'
import { useConditionServices } from './context.ts'
import { addTo, isGroup } from './edit.ts'
import { useEditing } from './editing.ts'
import { offered, type PaletteKey, palette } from './palette.ts'

/** Everything that can be asked about, to be dragged to its place or added to the end by a press. */
export function ConditionPalette() {
  const { t } = useTranslation('nodes')
  const { nodes } = useConditionServices()
  return (
    <aside className={styles.palette} aria-label={t('condition.palette')} data-testid="condition-palette">
      {offered(nodes.length > 0).map(({ section, keys }) => (
        <section key={section}>
          <h3>{t(`condition.sections.${section}`)}</h3>
          {keys.map((key) => (
            <Item key={key} item={key} />
          ))}
        </section>
      ))}
      <p className={styles.paletteHint}>{t('condition.paletteHint')}</p>
    </aside>
  )
}

function Item({ item }: { item: PaletteKey }) {
  const { t } = useTranslation('nodes')
  const { root, change, carry } = useEditing()
  const { icon: Icon, make } = palette[item]
  const add = () => {
    const part = make()
    const path = [root.of.length]
    change(addTo(root, [], part), isGroup(part) ? { focus: path } : { open: path, focus: path })
  }
  return (
    <Tooltip title={t(`condition.about.${item}`)} placement="left" mouseEnterDelay={0.6}>
      <button
        type="button"
        className={styles.item}
        draggable
        data-testid={`ask-${item}`}
        onClick={add}
        onDragStart={(event) => {
          event.dataTransfer.effectAllowed = 'copy'
          event.dataTransfer.setData('text/plain', t(`condition.items.${item}`))
          carry({ part: make(), from: null })
        }}
        onDragEnd={() => carry(null)}
      >
        <Icon size={15} aria-hidden />
        {t(`condition.items.${item}`)}
      </button>
    </Tooltip>
  )
}
