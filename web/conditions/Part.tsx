import { ChevronDown, ChevronUp } from 'lucide-react'
import type { DragEvent, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { sayCondition } from '../../shared/conditions/say.ts'
import type { Condition, Leaf } from '../../shared/conditions/schema.ts'
import { useLocale } from '../locales/useLocale.ts'
import { atHead } from '../ui/sentence.ts'
import styles from './condition.module.css'
import { useConditionServices } from './context.ts'
import { type ConditionPath, isGroup, replaceAt } from './edit.ts'
import { useEditing, written } from './editing.ts'
import { GroupEditor } from './Group.tsx'
import { isUnfinished, leafEditors } from './leaves.tsx'
import { Handle, PartMenu } from './PartTools.tsx'
import { useSpoken } from './spoken.ts'

interface PartProps {
  part: Condition
  /** The group in which it stands, and its place there. */
  into: ConditionPath
  at: number
  last: boolean
}

/** One part of a group; what is dragged over its upper half goes before it, over the lower behind it. */
export function Part({ part, into, at, last }: PartProps) {
  const { spot, over } = useEditing()
  const place = [...into, at]
  const halved = (event: DragEvent) => {
    const { top, height } = event.currentTarget.getBoundingClientRect()
    over(event, { into, at: event.clientY < top + height / 2 ? at : at + 1 })
  }
  const aimed = spot !== null && written(spot.into) === written(into)
  const line = aimed && spot.at === at ? styles.before : aimed && last && spot.at > at ? styles.behind : ''
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: takes what the pointer carries; keys move parts by their handle
    <div className={`${styles.part} ${line}`} onDragOver={halved}>
      <Inner part={part} path={place} place={place} denied={false} />
    </div>
  )
}

interface InnerProps {
  part: Condition
  path: ConditionPath
  /** Where it stands in its group, with whatever denies it. */
  place: ConditionPath
  denied: boolean
}

function Inner({ part, path, place, denied }: InnerProps): ReactNode {
  const { t } = useTranslation('nodes')
  if (part.kind === 'not') return <Inner part={part.of} path={[...path, 0]} place={place} denied={!denied} />
  if (!isGroup(part)) return <LeafEditor leaf={part} path={path} place={place} denied={denied} />
  return (
    <>
      {denied ? <span className={styles.not}>{t('condition.not')}</span> : null}
      <GroupEditor group={part} path={path} place={place} />
    </>
  )
}

function LeafEditor({ leaf, path, place, denied }: Omit<InnerProps, 'part'> & { leaf: Leaf }) {
  const { t } = useTranslation('nodes')
  const { locale } = useLocale()
  const { currency } = useConditionServices()
  const spoken = useSpoken(leaf)
  const { root, opened, open, change, carried, editor } = useEditing()
  const isOpen = opened === written(place)
  const isCarried = carried?.from?.editor === editor && written(carried.from.path) === written(place)
  const Editor = leafEditors[leaf.kind]
  const sentence = isUnfinished(leaf)
    ? t(`condition.unfinished.${leaf.kind}`)
    : atHead(sayCondition(spoken(leaf), locale, currency))
  return (
    <div className={isCarried ? `${styles.leaf} ${styles.carried}` : styles.leaf} data-part={written(place)}>
      <div className={styles.leafHead}>
        <Handle path={place} part={leaf} />
        <button
          type="button"
          className={styles.sentence}
          aria-expanded={isOpen}
          onClick={() => open(isOpen ? null : place)}
        >
          {denied ? <span className={styles.not}>{t('condition.not')}</span> : null}
          <span className={isUnfinished(leaf) ? styles.unfinished : ''}>{sentence}</span>
          {isOpen ? <ChevronUp size={14} aria-hidden /> : <ChevronDown size={14} aria-hidden />}
        </button>
        <PartMenu path={place} />
      </div>
      {isOpen ? (
        <div className={styles.controls}>
          <Editor value={leaf} onChange={(next) => change(replaceAt(root, path, next), { open: place })} />
        </div>
      ) : null}
    </div>
  )
}
