import { Button } from 'antd'
import { ArrowDown, ArrowUp, GripVertical, Plus, Split, Trash2 } from 'lucide-react'
import { type DragEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ConditionEditor } from '../conditions/index.ts'
import { freshId } from '../store/ids.ts'
import { Field, Section } from '../ui/fields/Field.tsx'
import { LocalTextInput } from '../ui/LocalTextInput.tsx'
import styles from './branch.module.css'
import { type ConfigOf, defineCard, type FormProps } from './card.ts'
import { moved } from './list.ts'

type Config = ConfigOf<'branch'>
type Path = Config['branches'][number]

function BranchForm({ config, change }: FormProps<Config>) {
  const { t } = useTranslation('nodes')
  const { branches } = config
  const [dragged, setDragged] = useState<number | null>(null)
  const set = (next: Path[], field: string) => change({ ...config, branches: next }, field)
  const reorder = (from: number, to: number) => set(moved(branches, from, to), 'order')
  const add = () => {
    const id = freshId('path', (one) => branches.some((path) => path.id === one))
    const number = branches.length + 1
    const name = { 'zh-CN': `条件 ${number}`, en: `Condition ${number}` }
    set([...branches, { id, name, when: { kind: 'all', of: [] } }], 'add')
  }
  return (
    <Section title={t('branch.paths')}>
      <p className={styles.about}>{t('branch.about')}</p>
      {branches.map((path, index) => (
        <PathCard
          key={path.id}
          path={path}
          index={index}
          count={branches.length}
          onChange={(next, field) =>
            set(
              branches.map((old, at) => (at === index ? next : old)),
              `${path.id}.${field}`,
            )
          }
          onMove={(by) => reorder(index, index + by)}
          onRemove={() =>
            set(
              branches.filter((_old, at) => at !== index),
              'remove',
            )
          }
          onDragStart={() => setDragged(index)}
          onDrop={() => {
            if (dragged !== null && dragged !== index) reorder(dragged, index)
            setDragged(null)
          }}
        />
      ))}
      <div className={styles.otherwise}>
        <strong>{t('branch.otherwise')}</strong>
        <span>{t('branch.otherwiseHint')}</span>
      </div>
      <Button
        icon={<Plus size={14} />}
        onClick={add}
        disabled={branches.length >= 20}
        data-testid="branch-add"
      >
        {t('branch.add')}
      </Button>
    </Section>
  )
}

interface PathCardProps {
  path: Path
  index: number
  count: number
  onChange: (path: Path, field: string) => void
  onMove: (by: number) => void
  onRemove: () => void
  onDragStart: () => void
  onDrop: () => void
}

function PathCard({ path, index, count, onChange, onMove, onRemove, onDragStart, onDrop }: PathCardProps) {
  const { t } = useTranslation('nodes')
  const [over, setOver] = useState(false)
  const start = (event: DragEvent) => {
    event.dataTransfer.effectAllowed = 'move'
    event.dataTransfer.setData('text/plain', path.id)
    onDragStart()
  }
  return (
    <fieldset
      className={over ? `${styles.path} ${styles.over}` : styles.path}
      aria-label={t('branch.path', { number: index + 1 })}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        onDrop()
      }}
    >
      <div className={styles.head}>
        <button
          type="button"
          className={styles.grip}
          draggable
          tabIndex={-1}
          onDragStart={start}
          aria-label={t('branch.drag')}
        >
          <GripVertical size={14} aria-hidden />
        </button>
        <span className={styles.number}>{index + 1}</span>
        <div className={styles.name}>
          <Field path={`branches.${index}.name`}>
            <LocalTextInput
              value={path.name}
              aria-label={t('branch.name')}
              onChange={(name) => onChange({ ...path, name }, 'name')}
            />
          </Field>
        </div>
      </div>
      <Field path={`branches.${index}.when`}>
        <ConditionEditor value={path.when} onChange={(when) => onChange({ ...path, when }, 'when')} />
      </Field>
      <div className={styles.tools}>
        <Button
          type="text"
          size="small"
          icon={<ArrowUp size={14} />}
          disabled={index === 0}
          aria-label={t('branch.up')}
          onClick={() => onMove(-1)}
        />
        <Button
          type="text"
          size="small"
          icon={<ArrowDown size={14} />}
          disabled={index === count - 1}
          aria-label={t('branch.down')}
          onClick={() => onMove(1)}
        />
        <Button
          type="text"
          size="small"
          danger
          icon={<Trash2 size={14} />}
          disabled={count === 1}
          aria-label={t('branch.remove')}
          onClick={onRemove}
        />
      </div>
    </fieldset>
  )
}

export const branch = defineCard<Config>({
  icon: Split,
  figures: (numbers) => [{ label: 'passed', value: numbers.in }],
  fields: {
    branches: (t, place) => (place === null ? t('branch.paths') : t('branch.path', { number: place })),
  },
  form: BranchForm,
})
