import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type KeptAsset, keptAsset } from '../../../shared/api/assets.ts'
import { api } from '../../api/client.ts'
import { refresh } from '../../api/query.ts'
import { useNotice } from '../../ui/useNotice.tsx'

const formOf = (file: File): FormData => {
  const form = new FormData()
  form.set('file', file)
  return form
}

/** Uploads one picture; what shows the list shows it. Rejects with ApiProblem. */
export async function uploadPicture(file: File): Promise<KeptAsset> {
  const asset = await api.post('/assets', keptAsset, formOf(file))
  await refresh('/assets')
  return asset
}

/** Shows another picture under a key. */
export async function replacePicture(key: string, file: File): Promise<KeptAsset> {
  const asset = await api.put(`/assets/${key}/file`, keptAsset, formOf(file))
  await refresh('/assets')
  return asset
}

/** Uploads pictures one after the other; each that is refused says why, and costs none of the others. */
export function useUpload(): { readonly busy: boolean; readonly upload: (files: readonly File[]) => void } {
  const { t } = useTranslation('assets')
  const notice = useNotice()
  const [busy, setBusy] = useState(false)
  const upload = async (files: readonly File[]) => {
    setBusy(true)
    let done = 0
    for (const file of files) {
      try {
        await uploadPicture(file)
        done += 1
      } catch (error) {
        notice.problem(error)
      }
    }
    setBusy(false)
    if (done > 0) notice.done(t('uploaded', { count: done }))
  }
  return { busy, upload: (files) => void upload(files) }
}
