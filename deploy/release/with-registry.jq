# Adds Apicurio Registry and the jars in its folder to the bill of materials of the archive.
#   $version   of the registry
#   $sums      of its jars, as sha256sum prints them
#   $modules   group:artifact:classifier:type:version, one a line
def lines: split("\n") | map(select(length > 0));
($sums | lines | map(split("  ") | {key: (.[1] | split("/") | last), value: .[0]}) | from_entries) as $sha
| "pkg:maven/io.apicurio/apicurio-registry-app@\($version)?classifier=all&type=tar.gz" as $registry
| ($modules | lines | map(
    split(":") as [$group, $name, $classifier, $type, $its]
    | (if $classifier == "" then "" else "-" + $classifier end) as $suffix
    | "\($group).\($name)-\($its)\($suffix).\($type)" as $file
    | select($sha[$file])
    | "pkg:maven/\($group)/\($name)@\($its)?\(if $classifier == "" then "" else "classifier=\($classifier)&" end)type=\($type)" as $purl
    | {type: "library", "bom-ref": "\($purl)#registry", group: $group, name: $name, version: $its, purl: $purl,
       hashes: [{alg: "SHA-256", content: $sha[$file]}]})) as $jars
| if ($jars | length) != ($sha | length)
  then error("\($sha | length) jars of the registry, but \($jars | length) of them are known by name") else . end
| .components += [{type: "application", "bom-ref": $registry, group: "io.apicurio", name: "apicurio-registry-app",
    version: $version, purl: $registry}] + $jars
| .metadata.component."bom-ref" as $archive
| (.dependencies[] | select(.ref == $archive) | .dependsOn) += [$registry]
| .dependencies += [{ref: $registry, dependsOn: ($jars | map(."bom-ref"))}]
