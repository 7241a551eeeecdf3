import { Button } from 'antd'
import { LibraryBig } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { assetList, type KeptAsset } from '../../../shared/api/assets.ts'
import { useApiQuery } from '../../api/query.ts'
import { useBrandPath } from '../../api/useBrandPath.ts'
import { ListCard, NothingFound } from '../../ui/ListCard.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Picture } from '../../ui/Picture.tsx'
import { PictureDrop } from '../../ui/PictureDrop.tsx'
import { SearchBox } from '../../ui/SearchBox.tsx'
import { CardsSkeleton } from '../../ui/Skeletons.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { AssetDrawer } from './AssetDrawer.tsx'
import styles from './assets.module.css'
import { useUpload } from './useUpload.ts'

/** Pictures that messages carry. */
export function Component() {
  const { t } = useTranslation('assets')
  const path = useBrandPath()
  const query = useApiQuery('/assets', assetList)
  const { busy, upload } = useUpload()
  const [opened, setOpened] = useState<string | null>(null)
  const contents = (
    <Link to={path('contents')}>
      <Button icon={<LibraryBig size={14} />}>{t('toContents')}</Button>
    </Link>
  )
  return (
    <Page>
      <PageHeader title={t('title')} about={t('about')} actions={contents} />
      <PictureDrop title={t('drop')} hint={t('dropHint')} busy={busy} onFiles={upload} />
      <Loaded query={query} skeleton={<CardsSkeleton />}>
        {({ assets, room }) => (
          <>
            {assets.length === 0 ? (
              <p className={styles.none}>{t('empty')}</p>
            ) : (
              <Assets assets={assets} room={room} onOpen={setOpened} />
            )}
            <AssetDrawer
              asset={assets.find(({ key }) => key === opened) ?? null}
              onClose={() => setOpened(null)}
            />
          </>
        )}
      </Loaded>
    </Page>
  )
}

interface AssetsProps {
  readonly assets: readonly KeptAsset[]
  readonly room: { readonly used: number; readonly most: number }
  readonly onOpen: (key: string) => void
}

function Assets({ assets, room, onOpen }: AssetsProps) {
  const { t } = useTranslation('assets')
  const format = useFormat()
  const [search, setSearch] = useState('')
  const wanted = search.trim().toLowerCase()
  const found = assets.filter(({ key, name }) =>
    `${name['zh-CN'] ?? ''} ${name.en ?? ''} ${key}`.toLowerCase().includes(wanted),
  )
  const note = t('count', { count: found.length, used: megabytes(room.used), most: megabytes(room.most) })
  return (
    <ListCard note={note} tools={<SearchBox label={t('search')} value={search} onChange={setSearch} />}>
      {found.length === 0 ? (
        <NothingFound>{t('none')}</NothingFound>
      ) : (
        <ul className={styles.grid} data-testid="assets">
          {found.map((asset) => (
            <li key={asset.key}>
              <button type="button" className={styles.tile} onClick={() => onOpen(asset.key)}>
                <span className={styles.frame}>
                  <Picture src={asset.path} alt={format.text(asset.alt)} className={styles.thumb} />
                </span>
                <strong title={format.text(asset.name)}>{format.text(asset.name)}</strong>
                <span className={styles.facts}>
                  {asset.width} × {asset.height} · {sizeOf(asset.bytes)}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </ListCard>
  )
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 100_000) / 10} MB`

export const sizeOf = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : megabytes(bytes)
