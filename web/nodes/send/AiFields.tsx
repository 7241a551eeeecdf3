import { Input, Select, Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import { sayName } from '../../../shared/conditions/say.ts'
import { mayBeGiven, usualFacts } from '../../../shared/message/facts/given.ts'
import { useEditor } from '../../conditions/editor.ts'
import { useConditionServices } from '../../conditions/index.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { About, Field, Row, Word } from '../../ui/fields/Field.tsx'
import { NumberInput } from '../../ui/fields/inputs.tsx'
import type { ConfigOf } from '../card.ts'
import styles from './send.module.css'

type Ai = ConfigOf<'send'>['ai']

/** Whether a model polishes the text per customer, and what it is told. */
export function AiFields({ value, onChange }: { value: Ai; onChange: (value: Ai, field: string) => void }) {
  const { t } = useTranslation('nodes')
  const { ai } = useEditor()
  const { locale } = useLocale()
  const { vocabulary } = useConditionServices()
  const known = (vocabulary?.attributes ?? []).map(({ name }) => name)
  const offered = [...new Set([...usualFacts, 'birthday', ...known, ...(value?.facts ?? [])])].filter(
    mayBeGiven,
  )
  return (
    <div className={value === null ? styles.ai : `${styles.ai} ${styles.aiOn}`}>
      <div className={styles.aiHead}>
        <span className={styles.aiName}>
          <span aria-hidden>✦</span> {t('ai.title')}
        </span>
        <Switch
          size="small"
          checked={value !== null}
          aria-label={t('ai.title')}
          data-testid="ai-toggle"
          onChange={(on) =>
            onChange(
              on ? { instructions: '', facts: [...usualFacts], maxChars: 140, waitMinutes: 10 } : null,
              'ai',
            )
          }
        />
      </div>
      <p>{t(value === null ? 'ai.off' : 'ai.on')}</p>
      {value !== null && !ai ? <p className={styles.noModel}>{t('ai.noModel')}</p> : null}
      {value === null ? null : (
        <>
          <Field label={t('ai.instructions')} path="ai.instructions">
            {(id) => (
              <Input.TextArea
                id={id}
                autoSize={{ minRows: 2 }}
                maxLength={2000}
                value={value.instructions}
                placeholder={t('ai.placeholder')}
                onChange={(event) =>
                  onChange({ ...value, instructions: event.target.value }, 'ai.instructions')
                }
              />
            )}
          </Field>
          <Field label={t('ai.facts')} path="ai.facts" extra={<About text={t('ai.factsHint')} />}>
            {(id) => (
              <Select
                id={id}
                mode="multiple"
                value={value.facts}
                options={offered.map((name) => ({ value: name, label: sayName(name, locale) }))}
                placeholder={t('ai.noFacts')}
                onChange={(facts) => onChange({ ...value, facts }, 'ai.facts')}
              />
            )}
          </Field>
          <Row>
            <Word>{t('ai.most')}</Word>
            <NumberInput
              value={value.maxChars}
              min={10}
              max={5000}
              suffix={t('ai.chars')}
              aria-label={t('ai.most')}
              onChange={(maxChars) => onChange({ ...value, maxChars }, 'ai.maxChars')}
            />
            <Word>{t('ai.wait')}</Word>
            <NumberInput
              value={value.waitMinutes}
              min={1}
              max={1440}
              suffix={t('units.minute')}
              aria-label={t('ai.wait')}
              onChange={(waitMinutes) => onChange({ ...value, waitMinutes }, 'ai.waitMinutes')}
            />
          </Row>
        </>
      )}
    </div>
  )
}
