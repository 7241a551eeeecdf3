import { Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { assetList } from '../../../shared/api/assets.ts'
import type { ReferralDefinition } from '../../../shared/referrals/definition.ts'
import { useApiQuery } from '../../api/query.ts'
import { Field } from '../../ui/fields/Field.tsx'
import { LocalTextInput } from '../../ui/LocalTextInput.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import type { FormProps } from './ReferralFields.tsx'
import styles from './referrals.module.css'

type PageOf = ReferralDefinition['page']
const texts = [
  ['title', 1],
  ['text', 3],
  ['consent', 2],
  ['thanks', 2],
] as const satisfies readonly (readonly [keyof PageOf, number])[]

/** What the page and the poster say, and which pictures they show. */
export function PageFields({ draft, change }: FormProps) {
  const { t } = useTranslation('referrals')
  const format = useFormat()
  const assets = useApiQuery('/assets', assetList).data?.assets ?? []
  const { page } = draft
  const set = (part: Partial<PageOf>) => change({ page: { ...page, ...part } })
  const options = assets.map(({ key, name }) => ({ value: key, label: format.text(name) }))
  const picture = (name: 'picture' | 'follow') => (
    <Field label={t(`page.${name}`)} hint={t(`page.${name}Hint`)}>
      <Select
        allowClear
        aria-label={t(`page.${name}`)}
        placeholder={t('page.noPicture')}
        value={page[name]}
        options={options}
        onChange={(key: string | undefined) => set({ [name]: key ?? null })}
      />
    </Field>
  )
  return (
    <>
      <h3 className={styles.part}>{t('page.heading')}</h3>
      {texts.map(([name, rows]) => (
        <Field
          key={name}
          label={t(`page.${name}`)}
          hint={name === 'consent' ? t('page.consentHint') : undefined}
        >
          {(id) => (
            <LocalTextInput
              id={id}
              {...(rows === 1 ? {} : { rows })}
              value={page[name]}
              onChange={(value) => set({ [name]: value })}
            />
          )}
        </Field>
      ))}
      <div className={styles.pair}>
        {picture('picture')}
        {picture('follow')}
      </div>
      <Field label={t('page.link')} hint={t('page.linkHint')}>
        {(id) => (
          <Input
            id={id}
            placeholder="https://"
            value={page.link ?? ''}
            onChange={({ target }) => set({ link: target.value.trim() === '' ? null : target.value.trim() })}
          />
        )}
      </Field>
    </>
  )
}
