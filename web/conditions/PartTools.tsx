import { Ellipsis, GripVertical } from 'lucide-react'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Condition } from '../../shared/conditions/schema.ts'
import { FormMenu } from '../ui/FormMenu.tsx'
import styles from './condition.module.css'
import {
  type ConditionPath,
  insertAt,
  isGroup,
  partAt,
  removeAt,
  stepBy,
  toggleNot,
  unwrapAt,
  wrapAt,
} from './edit.ts'
import { useEditing } from './editing.ts'

/** By what a part is dragged; with the keyboard on it, Alt and an arrow move it through all places. */
export function Handle({ path, part }: { path: ConditionPath; part: Condition }) {
  const { t } = useTranslation('nodes')
  const { editor, root, change, carry } = useEditing()
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault()
      event.stopPropagation()
      change(removeAt(root, path))
      return
    }
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
    event.preventDefault()
    event.stopPropagation()
    const moved = stepBy(root, path, event.key === 'ArrowUp' ? -1 : 1)
    if (moved !== null) change(moved.condition, { focus: moved.path })
  }
  return (
    <button
      type="button"
      className={styles.handle}
      draggable
      data-handle
      aria-label={t('condition.drag')}
      title={t('condition.drag')}
      onKeyDown={press}
      onDragStart={(event) => {
        event.stopPropagation()
        event.dataTransfer.effectAllowed = 'move'
        event.dataTransfer.setData('text/plain', JSON.stringify(part))
        carry({ part: partAt(root, path) ?? part, from: { editor, path } })
      }}
      onDragEnd={() => carry(null)}
    >
      <GripVertical size={14} aria-hidden />
    </button>
  )
}

/** What can be done with a part, besides dragging it. */
export function PartMenu({ path }: { path: ConditionPath }) {
  const { t } = useTranslation('nodes')
  const { root, change, copied, copy } = useEditing()
  const part = partAt(root, path)
  const [up, down] = [stepBy(root, path, -1), stepBy(root, path, 1)]
  const behind = (added: Condition) => {
    const at = (path.at(-1) ?? 0) + 1
    change(insertAt(root, path.slice(0, -1), at, added), { focus: [...path.slice(0, -1), at] })
  }
  if (part === undefined) return null
  const items = [
    { key: 'not', label: t('condition.toggleNot'), onClick: () => change(toggleNot(root, path)) },
    { key: 'wrap', label: t('condition.wrap'), onClick: () => change(wrapAt(root, path)) },
    ...(isGroup(part)
      ? [{ key: 'unwrap', label: t('condition.unwrap'), onClick: () => change(unwrapAt(root, path)) }]
      : []),
    { type: 'divider' as const, key: 'moving' },
    {
      key: 'up',
      label: t('condition.up'),
      disabled: up === null,
      onClick: () => up && change(up.condition, { focus: up.path }),
    },
    {
      key: 'down',
      label: t('condition.down'),
      disabled: down === null,
      onClick: () => down && change(down.condition, { focus: down.path }),
    },
    { type: 'divider' as const, key: 'copying' },
    { key: 'copy', label: t('condition.copy'), onClick: () => copy(part) },
    {
      key: 'paste',
      label: t('condition.paste'),
      disabled: copied === null,
      onClick: () => copied && behind(copied),
    },
    { key: 'double', label: t('condition.double'), onClick: () => behind(part) },
    { type: 'divider' as const, key: 'going' },
    {
      key: 'remove',
      label: t('condition.remove'),
      danger: true,
      onClick: () => change(removeAt(root, path)),
    },
  ]
  return (
    <FormMenu
      items={items}
      type="text"
      size="small"
      icon={<Ellipsis size={14} />}
      aria-label={t('condition.menu')}
      data-testid="condition-menu"
    />
  )
}
