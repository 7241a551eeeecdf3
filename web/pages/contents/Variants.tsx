import { Button, Empty } from 'antd'
import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { LabelAttributes } from '../../../shared/contents/labels.ts'
import { Panel } from '../../ui/Page.tsx'
import { bodyForms } from './Bodies.tsx'
import styles from './contents.module.css'
import { type Draft, type DraftVariant, moved, withVariant } from './draft.ts'
import { Labels } from './Labels.tsx'

interface VariantsProps {
  readonly draft: Draft
  readonly attributes: LabelAttributes
  readonly onChange: (draft: Draft) => void
}

/** What everybody is shown for whom there is nothing else, then the variants in their order. */
export function Variants({ draft, attributes, onChange }: VariantsProps) {
  const { t } = useTranslation('contents')
  const Form = bodyForms[draft.kind]
  const put = (index: number, next: DraftVariant) =>
    onChange({ ...draft, variants: draft.variants.map((one, place) => (place === index ? next : one)) })
  const add = (
    <Button icon={<Plus size={14} />} onClick={() => onChange(withVariant(draft))} data-testid="add-variant">
      {t('variants.add')}
    </Button>
  )
  return (
    <>
      <Panel title={t('default.title')}>
        <p className={styles.note}>{t('default.about')}</p>
        <div className={styles.body} data-testid="variant-default">
          <Form body={draft.default} onChange={(body) => onChange({ ...draft, default: body })} />
        </div>
      </Panel>
      <Panel title={t('variants.title')} extra={add}>
        <p className={styles.note}>{t('variants.about')}</p>
        {draft.variants.length === 0 ? (
          <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('variants.none')} />
        ) : (
          <ol className={styles.variants}>
            {draft.variants.map((variant, index) => (
              <li key={variant.id} className={styles.variant} data-testid={`variant-${variant.id}`}>
                <header>
                  <h3>{t('variants.number', { number: index + 1 })}</h3>
                  <Button
                    type="text"
                    size="small"
                    icon={<ArrowUp size={14} />}
                    disabled={index === 0}
                    aria-label={t('variants.up')}
                    onClick={() => onChange(moved(draft, index, -1))}
                  />
                  <Button
                    type="text"
                    size="small"
                    icon={<ArrowDown size={14} />}
                    disabled={index === draft.variants.length - 1}
                    aria-label={t('variants.down')}
                    onClick={() => onChange(moved(draft, index, 1))}
                  />
                  <Button
                    type="text"
                    size="small"
                    danger
                    icon={<Trash2 size={14} />}
                    aria-label={t('variants.remove')}
                    onClick={() =>
                      onChange({ ...draft, variants: draft.variants.filter(({ id }) => id !== variant.id) })
                    }
                  />
                </header>
                <Labels
                  value={variant.labels}
                  attributes={attributes}
                  onChange={(labels) => put(index, { ...variant, labels })}
                />
                <div className={styles.body}>
                  <Form body={variant.body} onChange={(body) => put(index, { ...variant, body })} />
                </div>
              </li>
            ))}
          </ol>
        )}
      </Panel>
    </>
  )
}
