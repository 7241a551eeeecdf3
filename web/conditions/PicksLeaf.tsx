import { Button, Select } from 'antd'
import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PicksTest } from '../../shared/conditions/picks.ts'
import { type PickField, type PickTest, pickFields } from '../../shared/conditions/schema.ts'
import type { Declared } from '../../shared/conditions/types/index.ts'
import { limits } from '../../shared/limits.ts'
import fields from '../ui/fields/Field.module.css'
import { Row } from '../ui/fields/Field.tsx'
import { Comparison } from './Comparison.tsx'
import styles from './condition.module.css'
import { skusOf, useCatalogue, useTitles } from './goods.ts'
import type { LeafProps } from './leaf.ts'
import { withOperator } from './value.ts'

/** A test of a field as it begins. */
const begun = {
  sku: { field: 'sku', op: 'in', value: [] },
  category: { field: 'category', op: 'in', value: [] },
  price: { field: 'price', op: 'lte', value: 10_000 },
} as const satisfies { readonly [F in PickField]: PickTest & { readonly field: F } }

const fresh = (field: PickField): PickTest => {
  const { value, ...test } = begun[field]
  return { ...test, value: typeof value === 'number' ? value : [...value] }
}

const declared = {
  sku: { type: 'text', format: null },
  category: { type: 'text', format: null },
  price: { type: 'money', format: null },
} as const satisfies Record<PickField, Declared>

const keyed = (tests: readonly PickTest[]) =>
  tests.map((test, index) => ({ test, key: `${index} ${test.field}`, index }))

const places = Array.from({ length: limits.picksShown.value }, (_, index) => index + 1)

/** How many of the picks, or of the first of them, must be such as is said. */
export function PicksLeaf({ value, onChange }: LeafProps<PicksTest>) {
  const { t } = useTranslation('nodes')
  const { first, ...bare } = value
  // A draft may lack what the schema would add.
  const { where = [], least = 1 } = value
  const among = (next: number) =>
    onChange(next === 0 ? bare : { ...bare, first: next, least: Math.min(least, next) })
  const set = (next: PickTest[]) => onChange({ ...value, where: next })
  return (
    <>
      <Row>
        <Select
          className={fields.choice ?? ''}
          popupMatchSelectWidth={false}
          value={first ?? 0}
          aria-label={t('condition.pickAmong')}
          options={[
            { value: 0, label: t('condition.pickAll') },
            ...places.map((count) => ({ value: count, label: t('condition.pickFirst', { count }) })),
          ]}
          onChange={among}
        />
        <Select
          className={fields.choice ?? ''}
          popupMatchSelectWidth={false}
          value={least}
          aria-label={t('condition.pickLeast')}
          options={places
            .filter((count) => first === undefined || count <= first)
            .map((count) => ({ value: count, label: t('condition.pickMany', { count }) }))}
          onChange={(next) => onChange({ ...value, least: next })}
        />
      </Row>
      {keyed(where).map(({ test, key, index }) => (
        <div key={key} className={styles.test}>
          <GoodTest
            test={test}
            onChange={(next) => set(where.map((old, at) => (at === index ? next : old)))}
            onRemove={() => set(where.filter((_old, at) => at !== index))}
          />
        </div>
      ))}
      {where.length < limits.pickTests.value ? (
        <Button
          type="link"
          size="small"
          className={styles.add ?? ''}
          icon={<Plus size={13} />}
          onClick={() => set([...where, fresh(next(where))])}
        >
          {t('condition.addPickTest')}
        </Button>
      ) : null}
    </>
  )
}

/** What is asked of products next: first of their category. */
const next = (where: readonly PickTest[]): PickField =>
  (['category', 'price', 'sku'] as const).find((one) => !where.some(({ field }) => field === one)) ?? 'price'

interface GoodTestProps {
  test: PickTest
  onChange: (test: PickTest) => void
  onRemove: () => void
}

function GoodTest({ test, onChange, onRemove }: GoodTestProps) {
  const { t } = useTranslation('nodes')
  return (
    <>
      <Row>
        <Select
          className={fields.choice ?? ''}
          popupMatchSelectWidth={false}
          value={test.field}
          aria-label={t('condition.pickField')}
          options={pickFields.map((field) => ({ value: field, label: t(`condition.pickFields.${field}`) }))}
          onChange={(field) => onChange(fresh(field))}
        />
        <Button
          type="text"
          size="small"
          icon={<X size={14} />}
          aria-label={t('condition.removeTest')}
          onClick={onRemove}
        />
      </Row>
      <Row>
        <GoodValue test={test} onChange={onChange} />
      </Row>
    </>
  )
}

/** What a field of a product is compared with: products are offered by their titles. */
function GoodValue({ test, onChange }: Omit<GoodTestProps, 'onRemove'>) {
  const { t } = useTranslation('nodes')
  const [typed, setTyped] = useState('')
  const { products, categories } = useCatalogue(test.field === 'sku' ? typed : '')
  const titles = useTitles(skusOf({ kind: 'picks', where: [test], least: 1 }))
  const found = products.map(({ id, title }) => ({ value: id, label: title ?? id, note: id }))
  const chosen = [...titles]
    .filter(([id]) => found.every(({ value }) => value !== id))
    .map(([id, title]) => ({ value: id, label: title, note: id }))
  const offered = {
    sku: [...found, ...chosen],
    category: categories.map((name) => ({ value: name, label: name, note: '' })),
    price: [],
  } satisfies Record<PickField, unknown>
  return (
    <Comparison
      op={test.op}
      value={test.value}
      declared={declared[test.field]}
      money={test.field === 'price'}
      offered={offered[test.field]}
      onTyped={setTyped}
      placeholder={test.field === 'sku' ? t('condition.chooseProducts') : undefined}
      onChange={(op, operand) =>
        onChange(operand === undefined ? withOperator(test, op) : { ...test, op, value: operand })
      }
    />
  )
}
