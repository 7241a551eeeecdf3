import { useMutation } from '@tanstack/react-query'
import { Button, Drawer, Form, Input } from 'antd'
import { useContext, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type AudienceSummary, audienceSummary } from '../../../shared/api/customers.ts'
import { sayCondition } from '../../../shared/conditions/say.ts'
import { type Condition, leavesOf } from '../../../shared/conditions/schema.ts'
import type { WrittenText } from '../../../shared/text.ts'
import { api } from '../../api/client.ts'
import { asProblem } from '../../api/problem.ts'
import { refresh } from '../../api/query.ts'
import { isComplete } from '../../conditions/index.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { keyPattern, suggestKey } from '../../ui/audience-key.ts'
import { LocalTextInput } from '../../ui/LocalTextInput.tsx'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { atHead } from '../../ui/sentence.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { useNotice } from '../../ui/useNotice.tsx'
import { BrandFormat } from '../../ui/zone.ts'
import styles from './AudienceDrawer.module.css'
import { ConditionField } from './ConditionField.tsx'
import { Sample } from './Sample.tsx'

interface Draft {
  name: WrittenText
  key?: string
}

export interface AudienceDrawerProps {
  /** The audience to change; null makes a new one. */
  audience: AudienceSummary | null
  taken: ReadonlySet<string>
  open: boolean
  onClose: () => void
}

const nobody: Condition = { kind: 'all', of: [] }

/** Says who belongs to an audience, with the count and a few of them beside it. */
export function AudienceDrawer({ audience, taken, open, onClose }: AudienceDrawerProps) {
  const { t } = useTranslation('audiences')
  return (
    <Drawer
      open={open}
      size={620}
      title={audience ? t('editor.edit') : t('editor.create')}
      onClose={onClose}
      destroyOnHidden
    >
      {open ? <Editor audience={audience} taken={taken} onClose={onClose} /> : null}
    </Drawer>
  )
}

function Editor({ audience, taken, onClose }: Omit<AudienceDrawerProps, 'open'>) {
  const { t } = useTranslation(['audiences', 'common'])
  const notice = useNotice()
  const format = useFormat()
  const [condition, setCondition] = useState(audience?.condition ?? nobody)
  const [tried, setTried] = useState(false)
  const empty = leavesOf(condition).length === 0
  const save = useMutation({
    mutationFn: ({ name, key }: Draft) => {
      const body = { key: audience?.key ?? key ?? suggestKey(name.en, taken), name, condition }
      return audience
        ? api.put(`/audiences/${audience.key}`, audienceSummary, body)
        : api.post('/audiences', audienceSummary, body)
    },
    onSuccess: ({ name }) => {
      void refresh('/audiences')
      notice.done(t('saved', { name: format.text(name) }))
      onClose()
    },
  })
  const submit = (draft: Draft) => {
    setTried(true)
    if (!empty) save.mutate(draft)
  }
  return (
    <Form<Draft>
      layout="vertical"
      requiredMark={false}
      initialValues={{ name: audience?.name ?? {} }}
      onFinish={submit}
    >
      {save.error ? (
        <div className={styles.problem}>
          <ProblemAlert problem={asProblem(save.error)} />
        </div>
      ) : null}
      <NameField />
      <ConditionPart condition={condition} missing={tried && empty} onChange={setCondition} />
      <Beside condition={condition} />
      {audience ? null : <KeyField />}
      <div className={styles.foot}>
        <Button onClick={onClose}>{t('common:cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={save.isPending} data-testid="save-audience">
          {t('editor.save')}
        </Button>
      </div>
    </Form>
  )
}

function NameField() {
  const { t } = useTranslation('audiences')
  const filled = (_: unknown, name: WrittenText) =>
    name['zh-CN']?.trim() || name.en?.trim()
      ? Promise.resolve()
      : Promise.reject(new Error(t('editor.noName')))
  return (
    <Form.Item name="name" label={t('editor.name')} rules={[{ validator: filled }]}>
      <LocalTextInput placeholder={t('editor.namePlaceholder')} maxLength={60} />
    </Form.Item>
  )
}

interface ConditionPartProps {
  condition: Condition
  /** Whether saving was tried without any condition. */
  missing: boolean
  onChange: (condition: Condition) => void
}

/** Stands outside the form's items, whose styles would stretch every control of the editor. */
function ConditionPart({ condition, missing, onChange }: ConditionPartProps) {
  const { t } = useTranslation('audiences')
  return (
    <section className={styles.condition}>
      <p className={styles.label}>{t('editor.condition')}</p>
      <ConditionField value={condition} onChange={onChange} />
      {missing ? (
        <p className={styles.missing} role="alert">
          {t('editor.noCondition')}
        </p>
      ) : null}
    </section>
  )
}

/** The whole condition as one sentence, and a few of those whom it means. */
function Beside({ condition }: { condition: Condition }) {
  const { t } = useTranslation('audiences')
  const { locale } = useLocale()
  const { currency } = useContext(BrandFormat)
  if (leavesOf(condition).length === 0 || !isComplete(condition)) return null
  return (
    <>
      <p className={styles.said}>
        <span>{t('editor.said')}</span>
        {atHead(sayCondition(condition, locale, currency))}
      </p>
      <p className={styles.label}>
        {t('editor.sample')}
        <small>{t('editor.sampleNote')}</small>
      </p>
      <div style={{ marginBottom: 20 }}>
        <Sample condition={condition} />
      </div>
    </>
  )
}

function KeyField() {
  const { t } = useTranslation('audiences')
  return (
    <Form.Item
      name="key"
      label={t('editor.key')}
      extra={t('editor.keyHint')}
      rules={[{ pattern: keyPattern, message: t('editor.badKey') }]}
    >
      <Input placeholder="gold-hangzhou" maxLength={64} />
    </Form.Item>
  )
}
