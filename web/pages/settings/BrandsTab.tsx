import { useMutation, useQuery } from '@tanstack/react-query'
import { Alert, Button, Form, Input, Modal, Select } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { z } from 'zod'
import { useStore } from 'zustand'
import { type BrandList, brandList, brandMade } from '../../../shared/api/brands.ts'
import type { WrittenText } from '../../../shared/text.ts'
import { chosenBrand } from '../../api/brand.ts'
import { rootApi } from '../../api/client.ts'
import { asProblem } from '../../api/problem.ts'
import { queryClient, systemQuery } from '../../api/query.ts'
import { useSystem } from '../../api/system.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { Loaded } from '../../ui/Loaded.tsx'
import { LocalTextInput } from '../../ui/LocalTextInput.tsx'
import { Panel } from '../../ui/Page.tsx'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { TableSkeleton } from '../../ui/Skeletons.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { useNotice } from '../../ui/useNotice.tsx'
import { useTakeAway } from '../useTakeAway.tsx'
import styles from './SettingsPage.module.css'
import { currencyChoices, zones } from './zones.ts'

type Brand = BrandList['brands'][number]

const query = {
  queryKey: ['brands'],
  queryFn: ({ signal }: { signal: AbortSignal }) => rootApi.get('/brands', brandList, { signal }),
}
const renewed = () =>
  Promise.all([
    queryClient.invalidateQueries({ queryKey: query.queryKey }),
    queryClient.refetchQueries(systemQuery),
  ])

/** Which brands there are; one is made, or put aside. */
export function BrandsTab() {
  const { t } = useTranslation('settings')
  const found = useQuery(query)
  const [adding, setAdding] = useState(false)
  const [leaving, setLeaving] = useState<Brand | null>(null)
  return (
    <Loaded query={found} skeleton={<TableSkeleton rows={4} />}>
      {({ brands, archived, unopened }) => (
        <>
          {unopened.map((brand) => (
            <div key={brand.id} className={styles.unopened}>
              <UnopenedBrand brand={brand} />
            </div>
          ))}
          <Panel
            title={t('tabs.brands')}
            extra={
              <Button type="primary" onClick={() => setAdding(true)} data-testid="add-brand">
                {t('brands.add')}
              </Button>
            }
          >
            <p className={styles.about}>{t('brands.about')}</p>
            <ul className={styles.brands}>
              {brands.map((brand) => (
                <Row
                  key={brand.id}
                  brand={brand}
                  last={brands.length === 1}
                  onArchive={() => setLeaving(brand)}
                />
              ))}
            </ul>
          </Panel>
          {archived.length === 0 ? null : <Aside archived={archived} />}
          <AddBrand open={adding} onClose={() => setAdding(false)} />
          {leaving === null ? null : (
            <ArchiveBrand
              brand={leaving}
              others={brands.filter(({ id }) => id !== leaving.id)}
              onClose={() => setLeaving(null)}
            />
          )}
        </>
      )}
    </Loaded>
  )
}

function Row({ brand, last, onArchive }: { brand: Brand; last: boolean; onArchive: () => void }) {
  const { t } = useTranslation('settings')
  const format = useFormat()
  const current = useStore(chosenBrand, (state) => state.brand) === brand.id
  return (
    <li>
      <span>
        <strong>{format.text(brand.name)}</strong>
        <small>
          {[brand.zone, brand.currency, t('brands.since', { at: format.time(brand.createdAt, 'date') })].join(
            ' · ',
          )}
        </small>
      </span>
      {current ? (
        <span className={styles.hint}>{t('brands.current')}</span>
      ) : (
        <Link to={`/${brand.id}/journeys`}>{t('brands.open')}</Link>
      )}
      <Button
        type="text"
        danger
        disabled={last}
        title={last ? t('brands.last') : ''}
        onClick={onArchive}
        data-testid={`archive-${brand.id}`}
      >
        {t('brands.archive')}
      </Button>
    </li>
  )
}

/** A brand whose data cannot be opened: what is wrong, and the way out. */
function UnopenedBrand({ brand: { id, file, message, mend } }: { brand: BrandList['unopened'][number] }) {
  const { t } = useTranslation('settings')
  const { locale } = useLocale()
  return (
    <Alert
      type="error"
      showIcon
      data-testid={`unopened-${id}`}
      title={t('brands.unopened', { id, file })}
      description={
        <>
          <p>{message[locale]}</p>
          <p>{mend[locale]}</p>
        </>
      }
    />
  )
}

function Aside({ archived }: Pick<BrandList, 'archived'>) {
  const { t } = useTranslation('settings')
  const format = useFormat()
  return (
    <Panel title={t('brands.aside')}>
      {archived.map(({ id, archivedAt, file }) => (
        <p key={file} className={styles.hint}>
          {t('brands.asideText', { id, at: format.time(archivedAt), file })}
        </p>
      ))}
    </Panel>
  )
}

interface Made {
  name: WrittenText
  zone: string
  currency: string
  language: 'zh-CN' | 'en'
}

function AddBrand({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation(['settings', 'common'])
  const { locale } = useLocale()
  const notice = useNotice()
  const navigate = useNavigate()
  const [form] = Form.useForm<Made>()
  const make = useMutation({
    mutationFn: (made: Made) => rootApi.post('/brands', brandMade, made),
    onSuccess: renewed,
  })
  const made = make.data?.id
  const known = useSystem().brands.some(({ id }) => id === made)
  // Its pages can be shown once the whole application knows the brand.
  useEffect(() => {
    if (!known) return
    notice.done(t('brands.made'))
    navigate(`/${made}/journeys`)
  }, [known, made, navigate, notice, t])
  const named = (_: unknown, name?: WrittenText) =>
    name?.['zh-CN']?.trim() || name?.en?.trim()
      ? Promise.resolve()
      : Promise.reject(new Error(t('brands.noName')))
  return (
    <Modal
      open={open}
      width={480}
      title={t('brands.add')}
      okText={t('brands.ok')}
      cancelText={t('common:cancel')}
      okButtonProps={{ loading: make.isPending }}
      onOk={form.submit}
      onCancel={onClose}
      destroyOnHidden
    >
      {make.error ? <ProblemAlert problem={asProblem(make.error)} /> : null}
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        preserve={false}
        initialValues={{ name: {}, zone: 'Asia/Shanghai', currency: 'CNY', language: locale }}
        onFinish={(written) => make.mutate(written)}
      >
        <Form.Item name="name" label={t('brands.name')} rules={[{ validator: named }]}>
          <LocalTextInput maxLength={40} />
        </Form.Item>
        <Form.Item name="zone" label={t('brand.zone')}>
          <Select showSearch options={zones(undefined).map((value) => ({ value, label: value }))} />
        </Form.Item>
        <div className={styles.two}>
          <Form.Item name="currency" label={t('brand.currency')}>
            <Select showSearch optionFilterProp="label" options={currencyChoices(undefined, locale)} />
          </Form.Item>
          <Form.Item name="language" label={t('brand.language')}>
            <Select
              options={(['zh-CN', 'en'] as const).map((value) => ({
                value,
                label: t(`common:language.${value}`),
              }))}
            />
          </Form.Item>
        </div>
      </Form>
    </Modal>
  )
}

interface ArchiveProps {
  brand: Brand
  others: readonly Brand[]
  onClose: () => void
}

/** Asks for the name, so that nobody puts a brand aside by a slip. */
function ArchiveBrand({ brand, others, onClose }: ArchiveProps) {
  const { t } = useTranslation(['settings', 'common'])
  const format = useFormat()
  const notice = useNotice()
  const navigate = useNavigate()
  const takeAway = useTakeAway()
  const [typed, setTyped] = useState('')
  const current = useStore(chosenBrand, (state) => state.brand) === brand.id
  const name = format.text(brand.name)
  const archive = useMutation({
    mutationFn: () =>
      takeAway(
        {
          title: t('brands.usedTitle', { name }),
          about: t('brands.usedText'),
          despite: t('brands.usedOk'),
          brand: brand.id,
        },
        (despite) =>
          rootApi.post(`/brands/${brand.id}/archive`, z.undefined(), {
            name: typed.trim(),
            ...(despite && { running: 'end' }),
          }),
      ),
    onSuccess: async (gone) => {
      if (!gone) return
      const next = others[0]
      if (current && next !== undefined) await navigate(`/${next.id}/settings?tab=brands`)
      await renewed()
      notice.done(t('brands.archived'))
      onClose()
    },
  })
  return (
    <Modal
      open
      width={480}
      title={t('brands.archiveTitle', { name })}
      okText={t('brands.archive')}
      cancelText={t('common:cancel')}
      okButtonProps={{ danger: true, disabled: typed.trim() !== name, loading: archive.isPending }}
      onOk={() => archive.mutate()}
      onCancel={onClose}
    >
      {archive.error ? <ProblemAlert problem={asProblem(archive.error)} /> : null}
      <p>{t('brands.archiveText', { name })}</p>
      <Input
        autoFocus
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        aria-label={t('brands.name')}
        data-testid="archive-name"
      />
    </Modal>
  )
}
