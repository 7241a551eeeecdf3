import { Segmented } from 'antd'
import { Plus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Condition } from '../../shared/conditions/schema.ts'
import { FormMenu } from '../ui/FormMenu.tsx'
import styles from './condition.module.css'
import { useConditionServices } from './context.ts'
import { addTo, type ConditionPath, type Group, isGroup, replaceAt } from './edit.ts'
import { useEditing, written } from './editing.ts'
import { Part } from './Part.tsx'
import { Handle, PartMenu } from './PartTools.tsx'
import { offered, palette } from './palette.ts'

/** Parts keep their place; a key of place and kind tells neighbours apart when one is removed. */
const keyed = (parts: readonly Condition[]) =>
  parts.map((part, index) => ({ part, index, key: `${index} ${part.kind}` }))

export interface GroupProps {
  group: Group
  /** Its own path; `place` is that of the `not` around it, where it is denied. */
  path: ConditionPath
  place?: ConditionPath
}

/** Parts of which all must hold, or any; new ones are dropped into it. */
export function GroupEditor({ group, path, place = path }: GroupProps) {
  const { t } = useTranslation('nodes')
  const { root, change, spot, over, leave, drop } = useEditing()
  const nested = path.length > 0
  const end = { into: path, at: group.of.length }
  const isAimed = spot !== null && written(spot.into) === written(path)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: takes what the pointer carries; keys move parts by their handle
    <div
      className={`${nested ? styles.nested : styles.group} ${isAimed ? styles.aimed : ''}`}
      data-group={written(path)}
      onDragOver={(event) => over(event, end)}
      onDragLeave={(event) => {
        if (!nested && !event.currentTarget.contains(event.relatedTarget as Node | null)) leave()
      }}
      onDrop={drop}
    >
      <div className={styles.groupHead} data-part={nested ? written(place) : undefined}>
        {nested ? <Handle path={place} part={group} /> : null}
        <Segmented<Group['kind']>
          size="small"
          value={group.kind}
          aria-label={t('condition.join')}
          options={[
            { value: 'all', label: t('condition.all') },
            { value: 'any', label: t('condition.any') },
          ]}
          onChange={(kind) => change(replaceAt(root, path, { ...group, kind }))}
        />
        {nested ? <PartMenu path={place} /> : null}
      </div>
      {keyed(group.of).map(({ part, index, key }) => (
        <Part key={key} part={part} into={path} at={index} last={index === group.of.length - 1} />
      ))}
      {group.of.length === 0 ? <p className={styles.empty}>{t('condition.empty')}</p> : null}
      <AddPart path={path} group={group} />
    </div>
  )
}

function AddPart({ path, group }: { path: ConditionPath; group: Group }) {
  const { t } = useTranslation('nodes')
  const { nodes } = useConditionServices()
  const { root, change } = useEditing()
  const add = (made: Condition) => {
    const part: Condition = isGroup(made) ? { ...made, kind: group.kind === 'all' ? 'any' : 'all' } : made
    const at = [...path, group.of.length]
    change(addTo(root, path, part), isGroup(part) ? {} : { open: at })
  }
  const items = offered(nodes.length > 0).map(({ section, keys }) => ({
    key: section,
    type: 'group' as const,
    label: t(`condition.sections.${section}`),
    children: keys.map((key) => ({
      key,
      label: t(`condition.items.${key}`),
      onClick: () => add(palette[key].make()),
    })),
  }))
  return (
    <FormMenu
      items={items}
      most={420}
      type="link"
      size="small"
      className={styles.add ?? ''}
      icon={<Plus size={13} />}
      data-testid="condition-add"
    >
      {t('condition.add')}
    </FormMenu>
  )
}
