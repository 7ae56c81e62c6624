# cmake -D SOURCE=… -D PROGRAM=… -D DIST=… -D ESBUILD=… -D PYTHON=… -P MakeDist.cmake: the page's files and the program, and nothing else.
file(REMOVE_RECURSE "${DIST}")
file(MAKE_DIRECTORY "${DIST}")
file(GLOB page "${SOURCE}/web/*")
list(FILTER page EXCLUDE REGEX "/(tsconfig[^/]*\\.json|README\\.md|[^/]*\\.d\\.ts|[^/]*\\.js|[^/]*\\.css)$")
file(COPY ${page} DESTINATION "${DIST}")
# Comments and long names stay in the repository, and modules that are always needed together come as one file: less for
# every first visit, and twenty requests fewer for all.
set(minify --minify --charset=utf8 --log-level=warning "--outdir=${DIST}" --entry-names=[name])
execute_process(
  COMMAND "${ESBUILD}" "${SOURCE}/web/boot.js" "${SOURCE}/web/journal_worker.js" --bundle --format=esm --external:./office.js --external:./duibiao.js ${minify}
          COMMAND_ERROR_IS_FATAL ANY)
file(GLOB styles "${SOURCE}/web/*.css")
execute_process(
  COMMAND "${ESBUILD}" ${styles} "${SOURCE}/web/check.js" "${SOURCE}/web/office.js" "${SOURCE}/web/desk_worker.js" "${PROGRAM}/duibiao.js" "${PROGRAM}/duibiao_office.js" ${minify}
          COMMAND_ERROR_IS_FATAL ANY)
file(GLOB icons "${SOURCE}/assets/icons/*")
if(icons)
  file(COPY ${icons} DESTINATION "${DIST}/icons")
endif()
file(GLOB programs "${PROGRAM}/sent/*.wasm")
file(COPY ${programs} DESTINATION "${DIST}")
# The font is made once; it takes a while.
set(font "${PROGRAM}/han.woff2")
if(NOT EXISTS "${font}" OR "${SOURCE}/scripts/make_font.py" IS_NEWER_THAN "${font}")
  execute_process(COMMAND "${PYTHON}" "${SOURCE}/scripts/make_font.py" "${font}" COMMAND_ERROR_IS_FATAL ANY)
endif()
if(EXISTS "${font}")
  file(COPY "${font}" DESTINATION "${DIST}/fonts")
endif()
# Last, the worker that keeps all this for times without a network: it is told what there is, and in which version.
file(GLOB_RECURSE names RELATIVE "${DIST}" "${DIST}/*")
set(files "")
foreach(name IN LISTS names)
  file(SHA256 "${DIST}/${name}" digest)
  string(SUBSTRING "${digest}" 0 32 digest)
  string(APPEND files ",\"${name}\":\"${digest}\"")
endforeach()
string(REGEX REPLACE "^," "" files "${files}")
string(SHA256 version "${files}")
string(SUBSTRING "${version}" 0 12 version)
execute_process(
  COMMAND "${ESBUILD}" "${SOURCE}/web/service_worker.js" --minify --charset=utf8 --log-level=warning "--outdir=${DIST}"
          "--define:self.files={${files}}" "--define:self.version=\"${version}\"" COMMAND_ERROR_IS_FATAL ANY)
# The same as one file, with the page's program in one piece and without the second program. It is not among those that are kept: nobody needs both.
execute_process(COMMAND "${ESBUILD}" "${DIST}/boot.js" --bundle --external:./office.js --format=esm --minify --charset=utf8 --log-level=warning
                        "--outfile=${PROGRAM}/single_file.js" COMMAND_ERROR_IS_FATAL ANY)
set(whole "${PROGRAM}/sent/whole/duibiao.wasm")
if(NOT EXISTS "${whole}")
  set(whole "${DIST}/duibiao.wasm")
endif()
execute_process(COMMAND "${PYTHON}" "${SOURCE}/scripts/single_file.py" "${DIST}" "${PROGRAM}/single_file.js" "${whole}"
                        COMMAND_ERROR_IS_FATAL ANY)
