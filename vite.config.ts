import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const apiAddress = process.env.MZ_API ?? 'http://127.0.0.1:3000'

/** In development the phone's addresses (/m/…) open its own page, as the server does. */
const phonePages: Plugin = {
  name: 'phone-pages',
  configureServer: (server) => {
    server.middlewares.use((request, _response, next) => {
      if (/^\/m(\/|\?|$)/.test(request.url ?? '')) request.url = '/m.html'
      next()
    })
  },
}

export default defineConfig({
  plugins: [react(), phonePages],
  // The browser needs the contracts' addresses and types, never their validation (20 KB gzip).
  resolve: { alias: { typebox: at('web/app/typebox.ts') } },
  // The host stays as the browser has it: the server compares it with where a write comes from.
  server: { proxy: { '/api': { target: apiAddress, changeOrigin: false } } },
  build: {
    outDir: 'dist/web',
    // Domestic office browsers stand at Chromium 90; phones at WKWebView 14.
    target: ['chrome90', 'safari14'],
    cssTarget: ['chrome90', 'safari14'],
    reportCompressedSize: true,
    chunkSizeWarningLimit: 900,
    rolldownOptions: { input: { index: at('index.html'), m: at('m.html') } },
  },
})
