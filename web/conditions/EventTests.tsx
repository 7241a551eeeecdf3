import { Button } from 'antd'
import { Plus, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { EventFilter, PropertyTest } from '../../shared/conditions/schema.ts'
import { Row, Word } from '../ui/fields/Field.tsx'
import { Comparison } from './Comparison.tsx'
import styles from './condition.module.css'
import { NameSelect } from './NameSelect.tsx'
import { useEventNames, usePropertyNames } from './names.ts'
import { withOperator } from './value.ts'

/** A name as it stands, with its place, so that equal tests can be told apart in a list. */
const keyed = (tests: readonly PropertyTest[]) =>
  tests.map((test, index) => ({ test, key: `${index} ${test.property}`, index }))

export interface EventTestsProps {
  event: string
  /** A draft may lack what the schema would add. */
  where: readonly PropertyTest[] | undefined
  onChange: (where: PropertyTest[]) => void
}

/** What must hold of an event's properties; all of it. */
export function EventTests({ event, where = [], onChange }: EventTestsProps) {
  const { t } = useTranslation('nodes')
  const properties = usePropertyNames(event)
  const replace = (at: number, test: PropertyTest) =>
    onChange(where.map((old, index) => (index === at ? test : old)))
  return (
    <>
      {keyed(where).map(({ test, key, index }) => (
        <div key={key} className={styles.test}>
          <Row>
            <NameSelect
              value={test.property}
              options={properties}
              aria-label={t('condition.property')}
              onChange={(property) => replace(index, { ...test, property })}
            />
            <Button
              type="text"
              size="small"
              icon={<X size={14} />}
              aria-label={t('condition.removeTest')}
              onClick={() => onChange(where.filter((_old, place) => place !== index))}
            />
          </Row>
          <Row>
            <Comparison
              op={test.op}
              value={test.value}
              money={test.property === 'amount'}
              onChange={(op, value) =>
                replace(index, value === undefined ? withOperator(test, op) : { ...test, op, value })
              }
            />
          </Row>
        </div>
      ))}
      <Button
        type="link"
        size="small"
        className={styles.add ?? ''}
        icon={<Plus size={13} />}
        onClick={() => onChange([...where, { property: 'amount', op: 'gte', value: 10_000 }])}
      >
        {t('condition.addTest')}
      </Button>
    </>
  )
}

/** An event by its name, with what must hold of it. */
export function EventFilterEditor({
  value,
  onChange,
}: {
  value: EventFilter
  onChange: (value: EventFilter) => void
}) {
  const { t } = useTranslation('nodes')
  const events = useEventNames()
  return (
    <div className={styles.filter}>
      <Row>
        <Word>{t('condition.event')}</Word>
        <NameSelect
          value={value.event}
          options={events}
          placeholder={t('condition.chooseEvent')}
          aria-label={t('condition.event')}
          onChange={(event) => onChange({ event, where: [] })}
        />
      </Row>
      <EventTests
        event={value.event}
        where={value.where}
        onChange={(where) => onChange({ ...value, where })}
      />
    </div>
  )
}
