import { AutoComplete, Button, Flex } from 'antd'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AttributeList } from '../../../shared/api/attributes.ts'
import { sayName } from '../../../shared/conditions/say.ts'
import { useLocale } from '../../locales/useLocale.ts'
import styles from './EditableFact.module.css'
import { type FactValue, useSaveFact, ValueEditor } from './EditableFact.tsx'

export interface AddAttributeProps {
  readonly customerId: string
  /** Those that the brand knows, with their types. */
  readonly known: AttributeList['attributes']
  /** Which the customer has already. */
  readonly had: readonly string[]
}

/** Gives the customer an attribute that they have not, one that the brand knows or a new one. */
export function AddAttribute({ customerId, known, had }: AddAttributeProps) {
  const { t } = useTranslation(['customers', 'common'])
  const { locale } = useLocale()
  const [open, setOpen] = useState(false)
  const [name, setName] = useState('')
  const [value, setValue] = useState<FactValue>(null)
  const { fault, busy, save, forget } = useSaveFact(customerId)
  const close = () => {
    setOpen(false)
    setName('')
    setValue(null)
    forget()
  }
  if (!open)
    return (
      <Button
        size="small"
        type="dashed"
        className={styles.add ?? ''}
        icon={<Plus size={12} aria-hidden />}
        onClick={() => setOpen(true)}
        data-testid="add-attribute"
      >
        {t('edit.add')}
      </Button>
    )
  const called = name.trim()
  const taken = had.includes(called)
  const submit = async () => {
    if (await save({ of: 'attribute', name: called, value, was: null })) close()
  }
  const choices = known.filter((one) => !one.builtIn && !had.includes(one.name))
  return (
    <form
      className={styles.adding}
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <AutoComplete
        value={name}
        onChange={setName}
        options={choices.map((one) => ({ value: one.name, label: sayName(one.name, locale) }))}
        placeholder={t('edit.name')}
        aria-label={t('edit.name')}
        data-testid="attribute-name"
      />
      <ValueEditor
        kind={known.find((one) => one.name === called)?.type ?? 'text'}
        value={value}
        onChange={setValue}
        label={t('edit.value')}
        invalid={fault !== null}
      />
      {taken || fault !== null ? (
        <p role="alert" className={styles.fault}>
          {taken ? t('edit.taken') : fault}
        </p>
      ) : null}
      <Flex gap={6}>
        <Button
          size="small"
          type="primary"
          htmlType="submit"
          loading={busy}
          disabled={called === '' || value === null || taken}
        >
          {t('common:save')}
        </Button>
        <Button size="small" onClick={close}>
          {t('common:cancel')}
        </Button>
      </Flex>
    </form>
  )
}
