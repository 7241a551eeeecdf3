import { Button, Dropdown, Segmented } from 'antd'
import { ChevronDown, ChevronUp, Ellipsis, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { sayCondition } from '../../shared/conditions/say.ts'
import type { Condition, Leaf } from '../../shared/conditions/schema.ts'
import { useLocale } from '../locales/useLocale.ts'
import { atHead } from '../ui/sentence.ts'
import styles from './condition.module.css'
import { useConditionServices } from './context.ts'
import {
  addTo,
  asGroup,
  type ConditionPath,
  type Group,
  isGroup,
  newLeaf,
  removeAt,
  replaceAt,
  toggleNot,
  wrapAt,
} from './edit.ts'
import { LiveCount } from './LiveCount.tsx'
import { isUnfinished, leafEditors, offeredKinds } from './leaves.tsx'
import { named } from './variable.ts'

export interface ConditionEditorProps {
  value: Condition
  onChange: (value: Condition) => void
  /** Shows how many customers meet it now; not where it asks of the journey itself. */
  count?: boolean
}

/**
 * Edits a condition: nested groups of tests, each a sentence that opens into its controls. Needs a
 * ConditionContext around it.
 */
export function ConditionEditor({ value, onChange, count = true }: ConditionEditorProps) {
  const root = asGroup(value)
  return (
    <div className={styles.editor} data-testid="condition-editor">
      <GroupEditor root={root} group={root} path={[]} onChange={onChange} />
      {count && root.of.length > 0 ? <LiveCount condition={value} /> : null}
    </div>
  )
}

interface PartProps {
  root: Group
  path: ConditionPath
  onChange: (value: Condition) => void
}

/** Parts keep their place; a key of place and kind tells neighbours apart when one is removed. */
const keyed = (parts: readonly Condition[]) =>
  parts.map((part, index) => ({ part, index, key: `${index} ${part.kind}` }))

function GroupEditor({ root, group, path, onChange }: PartProps & { group: Group }) {
  const { t } = useTranslation('nodes')
  const [opened, setOpened] = useState<number | null>(null)
  const add = (part: Condition) => {
    setOpened(isGroup(part) ? null : group.of.length)
    onChange(addTo(root, path, part))
  }
  return (
    <div className={path.length === 0 ? styles.group : styles.nested}>
      <div className={styles.groupHead}>
        <Segmented<Group['kind']>
          size="small"
          value={group.kind}
          aria-label={t('condition.join')}
          options={[
            { value: 'all', label: t('condition.all') },
            { value: 'any', label: t('condition.any') },
          ]}
          onChange={(kind) => onChange(replaceAt(root, path, { ...group, kind }))}
        />
        {path.length === 0 ? null : <PartMenu root={root} path={path} onChange={onChange} />}
      </div>
      {keyed(group.of).map(({ part, index, key }) => (
        <Part
          key={key}
          root={root}
          part={part}
          path={[...path, index]}
          opened={opened === index}
          onOpen={(open) => setOpened(open ? index : null)}
          onChange={onChange}
        />
      ))}
      {group.of.length === 0 ? <p className={styles.empty}>{t('condition.empty')}</p> : null}
      <AddPart onAdd={add} group={group} />
    </div>
  )
}

function AddPart({ onAdd, group }: { onAdd: (part: Condition) => void; group: Group }) {
  const { t } = useTranslation('nodes')
  const { nodes } = useConditionServices()
  const items = [
    ...offeredKinds(nodes.length > 0).map((kind) => ({
      key: kind,
      label: t(`condition.kinds.${kind}`),
      onClick: () => onAdd(newLeaf(kind)),
    })),
    { type: 'divider' as const, key: 'line' },
    {
      key: 'group',
      label: t('condition.addGroup'),
      onClick: () => onAdd({ kind: group.kind === 'all' ? 'any' : 'all', of: [] }),
    },
  ]
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <Button
        type="link"
        size="small"
        className={styles.add ?? ''}
        icon={<Plus size={13} />}
        data-testid="condition-add"
      >
        {t('condition.add')}
      </Button>
    </Dropdown>
  )
}

function PartMenu({ root, path, onChange }: PartProps) {
  const { t } = useTranslation('nodes')
  const items = [
    { key: 'not', label: t('condition.toggleNot'), onClick: () => onChange(toggleNot(root, path)) },
    { key: 'wrap', label: t('condition.wrap'), onClick: () => onChange(wrapAt(root, path)) },
    {
      key: 'remove',
      label: t('condition.remove'),
      danger: true,
      onClick: () => onChange(removeAt(root, path)),
    },
  ]
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <Button type="text" size="small" icon={<Ellipsis size={14} />} aria-label={t('condition.menu')} />
    </Dropdown>
  )
}

interface OpenedProps {
  opened: boolean
  onOpen: (open: boolean) => void
}

function Part({ root, part, path, opened, onOpen, onChange }: PartProps & OpenedProps & { part: Condition }) {
  const { t } = useTranslation('nodes')
  const denied = part.kind === 'not'
  const inner = denied ? part.of : part
  const innerPath = denied ? [...path, 0] : path
  if (inner.kind === 'not')
    return (
      <Part root={root} part={inner} path={innerPath} opened={opened} onOpen={onOpen} onChange={onChange} />
    )
  if (isGroup(inner))
    return (
      <>
        {denied ? <span className={styles.not}>{t('condition.not')}</span> : null}
        <GroupEditor root={root} group={inner} path={innerPath} onChange={onChange} />
      </>
    )
  return (
    <LeafEditor
      leaf={inner}
      denied={denied}
      opened={opened}
      onOpen={onOpen}
      onChange={(next) => onChange(replaceAt(root, innerPath, next))}
      menu={<PartMenu root={root} path={path} onChange={onChange} />}
    />
  )
}

function LeafEditor({
  leaf,
  denied,
  opened,
  onOpen,
  onChange,
  menu,
}: OpenedProps & {
  leaf: Leaf
  denied: boolean
  onChange: (leaf: Leaf) => void
  menu: React.ReactNode
}) {
  const { t } = useTranslation('nodes')
  const { locale } = useLocale()
  const { currency, variables } = useConditionServices()
  const Editor = leafEditors[leaf.kind]
  const sentence = isUnfinished(leaf)
    ? t(`condition.unfinished.${leaf.kind}`)
    : atHead(sayCondition(named(leaf, variables, locale), locale, currency))
  return (
    <div className={styles.leaf}>
      <div className={styles.leafHead}>
        <button
          type="button"
          className={styles.sentence}
          aria-expanded={opened}
          onClick={() => onOpen(!opened)}
        >
          {denied ? <span className={styles.not}>{t('condition.not')}</span> : null}
          <span className={isUnfinished(leaf) ? styles.unfinished : ''}>{sentence}</span>
          {opened ? <ChevronUp size={14} aria-hidden /> : <ChevronDown size={14} aria-hidden />}
        </button>
        {menu}
      </div>
      {opened ? (
        <div className={styles.controls}>
          <Editor value={leaf} onChange={onChange} />
        </div>
      ) : null}
    </div>
  )
}
